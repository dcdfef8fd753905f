package org.simpledht.core;

import java.util.ArrayList;
import java.util.List;
import org.simpledht.protocol.Extension;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/**
 * Frames as one reads them in an assertion: {@code Put 2a hello}, and with an extension {@code +KeepAlive LEAVING [Ask 2a]}.
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

    /** Without the last key, which is the question's nonce. */
    @Override
    public void ask(List<Hash> keys) {
        List<String> meant =
                keys.stream().limit(keys.size() - 1L).map(Wording::of).toList();
        text.append(" [Ask ").append(String.join(" ", meant)).append(']');
    }

    @Override
    public void hello(ExtensionRecord.Hello hello) {
        text.append(" [Hello ").append(hello.listenPort()).append(']');
    }
}
