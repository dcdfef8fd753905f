package org.simpledht.core;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.simpledht.protocol.Extension;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.FrameCodec;
import org.simpledht.protocol.KeyRing;
import org.simpledht.protocol.LinkRecord;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** A neighbour under a test's control. What it {@code says} is as an original would say it, what it {@code tells} as ours. */
final class Far {

    private final MachineFixture<?> near;
    private final String name;
    private final Path path;
    private long id;
    private KeyRing ring;
    private long received;
    private long heardBytes;
    private int mark;
    private long cookie;
    private long shown;
    private long ownCookie;
    private Hash challenge;
    private int timesToldOfOthers;
    private final List<NetAddress> toldOf = new ArrayList<>();
    private final List<NetAddress> seenAt = new ArrayList<>();
    private NetAddress nearAdvertises;
    private LinkRecord.Trunk nearIsAt;

    Far(MachineFixture<?> near, String name, Path path) {
        this.near = near;
        this.name = name;
        this.path = path;
        id = 1_000 + name.hashCode();
    }

    /** It is the process of that id, not one of its own. */
    Far withId(long nodeId) {
        id = nodeId;
        return this;
    }

    /** What it says from now on ends with a MAC for the machine under test. */
    Far signs(KeyRing keys) {
        ring = keys;
        return this;
    }

    long id() {
        return id;
    }

    String name() {
        return name;
    }

    Path path() {
        return path;
    }

    NetAddress address() {
        return path.remote();
    }

    void says(Message message) {
        sends(encode(Frame.classic(message)));
    }

    void tells(Message message, ExtensionRecord... records) {
        tells(0, message, records);
    }

    void tells(int flags, Message message, ExtensionRecord... records) {
        tellsAt(near.nextHeaderClock(), flags, message, records);
    }

    void tellsAt(long headerClock, int flags, Message message, ExtensionRecord... records) {
        tellsWithToken(headerClock, shown, flags, message, records);
    }

    /** With a token of any kind in the header. */
    void tellsWithToken(long headerClock, long token, int flags, Message message, ExtensionRecord... records) {
        Header header = new Header(flags, id, headerClock, token);
        List<ExtensionRecord> all = new ArrayList<>(List.of(records));
        if (ownCookie != 0) {
            all.add(new ExtensionRecord.Token(ownCookie));
        }
        Frame frame = Frame.extended(message, new Extension(header, all));
        sends(ring == null ? encode(frame) : Signer.sign(ring, frame, NodeFixture.OWN_ID));
    }

    /** From now on it says this cookie in each frame. */
    void says(long itsCookie) {
        ownCookie = itsCookie;
    }

    /** From now on it shows the cookie that it has heard last, in each header. */
    void showsCookie() {
        shown = cookie;
    }

    /** The cookie that it has heard last; 0 before the first one. */
    long cookie() {
        return cookie;
    }

    /** The hash that was announced to it last; null before the first one. */
    Hash challenge() {
        return challenge;
    }

    /** It introduces itself as one of the same network. */
    void greets() {
        tells(Message.KEEP_ALIVE, MachineFixture.GREETING);
    }

    /** The same, and that it can be reached there. */
    void greets(NetAddress advertised) {
        ExtensionRecord.Hello usual = MachineFixture.GREETING;
        tells(
                Message.KEEP_ALIVE,
                new ExtensionRecord.Hello(
                        usual.listenPort(),
                        usual.maxFrameBytes(),
                        usual.maxLeaseSeconds(),
                        usual.clusterHash(),
                        Optional.of(advertised)));
    }

    /** It pushes a content with its version. */
    void pushes(Meta meta, Content content) {
        tells(Message.KEEP_ALIVE, new ExtensionRecord.Push(meta.key(), meta.clock(), meta.life(), content));
    }

    /** It tells what it holds. */
    void announces(Meta... metas) {
        tells(Message.KEEP_ALIVE, new ExtensionRecord.Metas(List.of(metas)));
    }

    /** A frame has come to it; all are heard until it is told otherwise. */
    void hears(Frame frame, int bytes) {
        heardBytes += bytes;
        if (frame.carrier() instanceof Message.IHave iHave) {
            challenge = iHave.hash();
        }
        frame.extension().ifPresent(extension -> extension.records().forEach(record -> {
            if (record instanceof ExtensionRecord.Token token) {
                cookie = token.cookie();
            }
            if (record instanceof LinkRecord.Peers peers) {
                timesToldOfOthers++;
                toldOf.addAll(peers.addresses());
            }
            if (record instanceof LinkRecord.Trunk trunk) {
                nearIsAt = trunk;
            }
            if (record instanceof LinkRecord.Seen seen) {
                seenAt.add(seen.address());
            }
            if (record instanceof ExtensionRecord.Hello hello) {
                nearAdvertises = hello.advertised().orElse(null);
            }
        }));
        Header header = frame.extension().map(Extension::header).orElse(null);
        if (header == null || !header.has(Header.FLAG_NEIGHBOUR)) {
            return;
        }
        received += bytes;
        for (ExtensionRecord record : frame.extension().orElseThrow().records()) {
            if (record instanceof LinkRecord.Flow flow && flow.mark() != 0) {
                mark = flow.mark();
            }
        }
    }

    /** Tells how much it has received, and which mark it saw last. */
    void echoes() {
        echoesWithout(0);
    }

    /** The same, but so many bytes got lost on the way to it. */
    void echoesWithout(long lostBytes) {
        received -= lostBytes;
        tells(Message.KEEP_ALIVE, new LinkRecord.Flow(received, 0, mark));
    }

    /** It counts from the beginning, as after it has lost and met us again. */
    void countsAnew() {
        received = 0;
    }

    /** How often it was told of others, or asked by being told of none. */
    int timesToldOfOthers() {
        return timesToldOfOthers;
    }

    /** Where it was told that others are. */
    List<NetAddress> toldOf() {
        return toldOf;
    }

    /** Where it was told that it is seen. */
    List<NetAddress> seenAt() {
        return seenAt;
    }

    /** Where the machine under test said last that it can be reached; null if nowhere else. */
    NetAddress nearAdvertises() {
        return nearAdvertises;
    }

    /** Where the machine under test said last that it is in the tree; null if it has not said. */
    LinkRecord.Trunk nearIsAt() {
        return nearIsAt;
    }

    /** Says where it is in the tree. */
    void isAt(int root, int round, int hops) {
        tells(Message.KEEP_ALIVE, new LinkRecord.Trunk(root, round, hops, false));
    }

    /** The same, and that the machine under test is its parent. */
    void hangsFromUs(int root, int round, int hops) {
        tells(Message.KEEP_ALIVE, new LinkRecord.Trunk(root, round, hops, true));
    }

    /** Bytes of all frames that have come to it. */
    long heardBytes() {
        return heardBytes;
    }

    long received() {
        return received;
    }

    /** Answers the last question that it was asked. */
    void answers(Meta... metas) {
        answersTo(near.nonceOfLastQuestion(path), metas);
    }

    void answersTo(Hash nonce, Meta... metas) {
        List<Meta> all = new ArrayList<>(List.of(metas));
        all.add(Meta.nothing(nonce));
        tells(Message.KEEP_ALIVE, new ExtensionRecord.Metas(all));
    }

    void sends(byte[] bytes) {
        near.receive(path, bytes);
    }

    void says(Message message, int times) {
        for (int i = 0; i < times; i++) {
            says(message);
        }
    }

    void keepsAlive() {
        says(Message.KEEP_ALIVE);
    }

    void gets(Hash hash) {
        says(new Message.Get(hash));
    }

    void puts(Hash hash, Content content) {
        says(new Message.Put(hash, content));
    }

    void has(Hash hash) {
        says(new Message.IHave(hash));
    }

    /** Becomes what counts as an original: four seconds without an extension. */
    void becomesOriginal() {
        keepsAlive();
        near.pass(4_000);
        keepsAlive();
    }

    static byte[] encode(Frame frame) {
        ByteBuffer out = ByteBuffer.allocate(FrameCodec.size(frame));
        FrameCodec.encode(frame, out);
        return out.array();
    }
}
