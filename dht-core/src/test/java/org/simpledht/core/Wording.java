package org.simpledht.core;

import java.util.ArrayList;
import java.util.List;
import org.simpledht.protocol.ChunkRecord;
import org.simpledht.protocol.Extension;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.LinkRecord;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.TreeRecord;
import org.simpledht.protocol.Version;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/**
 * Frames as one reads them in an assertion: {@code Put 2a hello}, and with an extension {@code +KeepAlive LEAVING [Ask 2a]}.
 * Where the sender is in the tree is not told here.
 */
final class Wording implements Message.Handler, ExtensionRecord.Ignoring {

    private static final int SHOWN_BYTES = 20;

    private final StringBuilder text = new StringBuilder();

    private Wording() {}

    static String of(Frame frame) {
        Wording wording = new Wording();
        frame.extension().ifPresent(extension -> wording.text.append('+'));
        frame.carrier().dispatch(wording);
        frame.extension().ifPresent(wording::extension);
        return wording.text.toString();
    }

    static String of(Content content) {
        return content.size() <= SHOWN_BYTES ? content.toText() : "<" + content.size() + " bytes>";
    }

    static String of(Hash hash) {
        return Long.toHexString(hash.bits());
    }

    private void extension(Extension extension) {
        Header header = extension.header();
        text.append(header.has(Header.FLAG_LEAVING) ? " LEAVING" : "");
        text.append(header.has(Header.FLAG_PROBE) ? " PROBE" : "");
        text.append(header.has(Header.FLAG_CLIENT) ? " CLIENT" : "");
        text.append(header.has(Header.FLAG_NO_ROOM) ? " NO_ROOM" : "");
        extension.records().forEach(record -> record.dispatch(this));
    }

    @Override
    public void get(Hash hash) {
        text.append("Get ").append(of(hash));
    }

    @Override
    public void put(Hash hash, Content content) {
        text.append("Put ").append(of(hash)).append(' ').append(of(content));
    }

    @Override
    public void keepAlive() {
        text.append("KeepAlive");
    }

    @Override
    public void iHave(Hash hash) {
        text.append("IHave ").append(of(hash));
    }

    @Override
    public void discover(NetAddress peer) {
        text.append("Discover ").append(peer);
    }

    @Override
    public void metas(List<Meta> metas) {
        List<String> words = new ArrayList<>();
        metas.forEach(meta -> words.add((meta.isNothing() ? "no " : "has ") + of(meta.key())));
        text.append(" [").append(String.join(", ", words)).append(']');
    }

    /** Without the question's nonce: keys in tests are small numbers, and a nonce is not. */
    @Override
    public void ask(List<Hash> keys) {
        List<String> meant = keys.stream()
                .filter(key -> key.bits() >>> 32 == 0)
                .map(Wording::of)
                .toList();
        text.append(" [Ask ").append(String.join(" ", meant)).append(']');
    }

    @Override
    public void push(ExtensionRecord.Push push) {
        text.append(" [Push ")
                .append(of(push.key()))
                .append(' ')
                .append(of(push.content()))
                .append(']');
    }

    @Override
    public void token(long cookie) {
        text.append(" [Token]");
    }

    @Override
    public void stamp(ExtensionRecord.Stamp stamp) {
        text.append(" [Stamp]");
    }

    @Override
    public void gets(List<Version> held) {
        List<String> keys = held.stream().map(version -> of(version.key())).toList();
        text.append(" [Gets ").append(String.join(" ", keys)).append(']');
    }

    @Override
    public void prune() {
        text.append(" [Prune]");
    }

    @Override
    public void graft() {
        text.append(" [Graft]");
    }

    @Override
    public void root(TreeRecord.Root root) {
        text.append(" [Root ").append(root.count()).append(']');
    }

    @Override
    public void sums(TreeRecord.Sums sums) {
        text.append(" [Sums ").append(sums.prefix()).append(']');
    }

    @Override
    public void listing(TreeRecord.Listing listing) {
        List<String> keys = listing.metas().stream().map(meta -> of(meta.key())).toList();
        text.append(" [List ")
                .append(listing.prefix())
                .append(' ')
                .append(String.join(" ", keys))
                .append(']');
    }

    @Override
    public void flow(LinkRecord.Flow flow) {
        text.append(" [Flow]");
    }

    @Override
    public void chunkGet(ChunkRecord.ChunkGet chunkGet) {
        text.append(" [ChunkGet ")
                .append(of(chunkGet.version().key()))
                .append(' ')
                .append(chunkGet.offset())
                .append(']');
    }

    @Override
    public void chunk(ChunkRecord.Chunk chunk) {
        text.append(" [Chunk ")
                .append(of(chunk.version().key()))
                .append(' ')
                .append(chunk.offset())
                .append(']');
    }

    @Override
    public void hello(ExtensionRecord.Hello hello) {
        text.append(" [Hello ").append(hello.listenPort()).append(']');
    }
}
