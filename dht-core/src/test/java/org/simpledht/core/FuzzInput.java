package org.simpledht.core;

import org.simpledht.types.Content;

/** Bytes as decisions. Where they have ended all is 0. */
final class FuzzInput {

    private final byte[] bytes;
    private int at;

    FuzzInput(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean hasMore() {
        return at < bytes.length;
    }

    /** 0 to 255. */
    int octet() {
        return at < bytes.length ? bytes[at++] & 0xff : 0;
    }

    /** 0 to one less than that, which is 256 at most. */
    int below(int end) {
        return octet() % end;
    }

    boolean flag() {
        return (octet() & 1) != 0;
    }

    int integer() {
        return octet() << 24 | octet() << 16 | octet() << 8 | octet();
    }

    long number() {
        return (long) integer() << 32 | integer() & 0xffff_ffffL;
    }

    /** As many as an octet says, or as are left. */
    byte[] some() {
        byte[] some = new byte[Math.min(octet(), bytes.length - at)];
        System.arraycopy(bytes, at, some, 0, some.length);
        at += some.length;
        return some;
    }

    Content content() {
        return Content.of(some());
    }
}
