package org.simpledht.core;

import java.util.List;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** Whether a record speaks of the carrier's key: then the carrier is not handled a second time. */
final class CarrierKey implements Message.Handler, ExtensionRecord.Ignoring {

    private Hash key;
    private boolean named;

    private CarrierKey() {}

    static boolean isNamedBy(List<ExtensionRecord> records, Message carrier) {
        CarrierKey search = new CarrierKey();
        carrier.dispatch(search);
        if (search.key != null) {
            records.forEach(record -> record.dispatch(search));
        }
        return search.named;
    }

    @Override
    public void get(Hash hash) {
        key = hash;
    }

    @Override
    public void put(Hash hash, Content content) {
        // No record that is heeded so far carries or stands for a content, so a Put is always handled.
    }

    @Override
    public void keepAlive() {}

    @Override
    public void iHave(Hash hash) {
        key = hash;
    }

    @Override
    public void discover(NetAddress peer) {}

    @Override
    public void metas(List<Meta> metas) {
        named |= metas.stream().map(Meta::key).anyMatch(key::equals);
    }

    @Override
    public void ask(List<Hash> keys) {
        named |= keys.contains(key);
    }
}
