package org.simpledht.core;

import java.util.List;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.Version;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** Whether a record speaks of the carrier's key: then the carrier is not handled a second time. */
final class CarrierKey implements Message.Handler, ExtensionRecord.Ignoring {

    private Hash key;
    private boolean isPut;
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
        key = hash;
        isPut = true;
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
    public void stamp(ExtensionRecord.Stamp stamp) {
        named |= isPut;
    }

    @Override
    public void push(ExtensionRecord.Push push) {
        named |= push.key().equals(key);
    }

    @Override
    public void metas(List<Meta> metas) {
        // That somebody holds a version is no content.
        named |= !isPut && metas.stream().map(Meta::key).anyMatch(key::equals);
    }

    @Override
    public void gets(List<Version> held) {
        named |= !isPut && held.stream().map(Version::key).anyMatch(key::equals);
    }

    @Override
    public void ask(List<Hash> keys) {
        named |= !isPut && keys.contains(key);
    }
}
