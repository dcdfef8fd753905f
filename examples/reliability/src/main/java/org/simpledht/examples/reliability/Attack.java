package org.simpledht.examples.reliability;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Kinds of datagrams that somebody sends who means no good, or does not know better. */
enum Attack {
    KEEP_ALIVE {
        @Override
        ByteBuffer datagram(SplittableRandom dice) {
            return ByteBuffer.wrap(new byte[] {2});
        }
    },
    GET_LARGE {
        @Override
        ByteBuffer datagram(SplittableRandom dice) {
            return ByteBuffer.allocate(9)
                    .put((byte) 0)
                    .putLong(Server.LARGE.bits())
                    .flip();
        }
    },
    GET_UNKNOWN {
        @Override
        ByteBuffer datagram(SplittableRandom dice) {
            return ByteBuffer.allocate(9).put((byte) 0).putLong(dice.nextLong()).flip();
        }
    },
    PUT {
        @Override
        ByteBuffer datagram(SplittableRandom dice) {
            byte[] content = "written by somebody".getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(11 + content.length)
                    .put((byte) 1)
                    .putLong(dice.nextLong())
                    .putShort((short) content.length)
                    .put(content)
                    .flip();
        }
    },
    I_HAVE {
        @Override
        ByteBuffer datagram(SplittableRandom dice) {
            return ByteBuffer.allocate(9).put((byte) 3).putLong(dice.nextLong()).flip();
        }
    },
    DISCOVER {
        @Override
        ByteBuffer datagram(SplittableRandom dice) {
            return ByteBuffer.allocate(8)
                    .put((byte) 4)
                    .put((byte) 4)
                    .put(new byte[] {127, (byte) dice.nextInt(256), (byte) dice.nextInt(256), 7})
                    .putShort((short) 4_000)
                    .flip();
        }
    },
    EXTENDED {
        @Override
        ByteBuffer datagram(SplittableRandom dice) {
            return header(dice, 0).flip();
        }
    },
    EXTENDED_ASKING_FOR_ALL {
        @Override
        ByteBuffer datagram(SplittableRandom dice) {
            // LIST of the root without Metas: send me everything.
            return header(dice, dice.nextLong())
                    .put((byte) 8)
                    .putShort((short) 1)
                    .put((byte) 0)
                    .flip();
        }
    },
    INVALID {
        @Override
        ByteBuffer datagram(SplittableRandom dice) {
            byte[] bytes = new byte[1 + dice.nextInt(60)];
            dice.nextBytes(bytes);
            bytes[0] = (byte) (5 + dice.nextInt(250));
            return ByteBuffer.wrap(bytes);
        }
    };

    private static final int MAGIC = 0xd4534431;

    abstract ByteBuffer datagram(SplittableRandom dice);

    private static ByteBuffer header(SplittableRandom dice, long token) {
        return ByteBuffer.allocate(64)
                .put((byte) 2)
                .putInt(MAGIC)
                .putInt(0x0102_0000)
                .putLong(dice.nextLong())
                .putLong(System.currentTimeMillis() << 16)
                .putLong(token);
    }
}
