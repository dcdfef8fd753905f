package org.simpledht.transport.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * Bytes through TLS. The JDK's engine does the cryptography; this moves its records.
 *
 * <p>The large buffers belong to {@link Tls}: a wire keeps only a record that has not come whole, and what is {@link Unsent}
 * of the last write. So a connection between two frames holds no buffer here either.
 *
 * <p>Its expensive steps are handed out; until they are done nothing is read, and {@link #resume} goes on.
 */
final class TlsWire implements Wire {

    private static final byte[] NOTHING = {};
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    /** More than one write leaves over: who has us answer on and on and reads nothing is not answered for ever. */
    private static final int MAX_UNSENT_BYTES = 1 << 17;

    private final SocketChannel socket;
    private final SSLEngine engine;
    private final Tls tls;

    /** Has work done, after which {@link #resume} is called on the loop's thread. */
    private final Consumer<Runnable> elsewhere;

    private final Unsent unsent;
    private byte[] unopened = NOTHING;
    private boolean ready;
    private boolean working;
    private boolean inputOver;
    private boolean discards;

    /** Nothing can be said or heard any more but the alert in {@link #unsent}. */
    private boolean failed;

    TlsWire(SocketChannel socket, SSLEngine engine, Tls tls, Consumer<Runnable> elsewhere) {
        this.socket = socket;
        this.engine = engine;
        this.tls = tls;
        this.elsewhere = elsewhere;
        unsent = new Unsent(socket);
    }

    @Override
    public void begin() throws IOException {
        guarded(() -> {
            engine.beginHandshake();
            open(EMPTY, EMPTY);
        });
    }

    @Override
    public void resume() {
        working = false;
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public void read(ByteBuffer into) throws IOException {
        ByteBuffer input = tls.input();
        if (discards || failed) {
            inputOver = socket.read(input) < 0;
            return;
        }
        if (working || inputOver) {
            return;
        }
        if (!ready) {
            // Strangers have no more of the memory than a handshake needs.
            input.limit(Tls.MAX_RECORD_BYTES);
        }
        input.put(unopened);
        unopened = NOTHING;
        boolean ended = socket.read(input) < 0;
        input.flip();
        guarded(() -> open(input, into));
        unopened = remainder(input);
        // What came before the end is heard first: it may be an alert that says why.
        inputOver |= ended && !working;
    }

    /** Opens whole records, and does what the handshake wants, until either has to wait. */
    private void open(ByteBuffer input, ByteBuffer into) throws IOException {
        while (!inputOver) {
            HandshakeStatus wanted = engine.getHandshakeStatus();
            if (wanted == HandshakeStatus.NOT_HANDSHAKING) {
                ready = true;
            } else if (ready && !engine.isInboundDone() && !isNewest()) {
                throw new InsecureException("it wants to renegotiate, which nodes never do");
            }
            if (wanted == HandshakeStatus.NEED_TASK) {
                handOut();
                return;
            }
            if (wanted == HandshakeStatus.NEED_WRAP) {
                if (unsent.bytes() > MAX_UNSENT_BYTES) {
                    throw new InsecureException("it has TLS answer, and reads no answer");
                }
                if (!sayNext()) {
                    return;
                }
            } else if (!openNext(input, into)) {
                return;
            }
        }
    }

    private boolean isNewest() {
        return engine.getSession().getProtocol().equals("TLSv1.3");
    }

    private void handOut() throws IOException {
        working = true;
        try {
            elsewhere.accept(() -> {
                for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                    task.run();
                }
            });
        } catch (RejectedExecutionException e) {
            throw new InsecureException("too many handshakes wait already");
        }
    }

    /** Writes one message of the handshake; false if there was none. */
    private boolean sayNext() throws IOException {
        ByteBuffer output = tls.output();
        SSLEngineResult result = engine.wrap(EMPTY, output);
        unsent.send(output.flip());
        return result.getStatus() == Status.OK && result.bytesProduced() > 0;
    }

    /** Opens one record; false if none has come whole. */
    private boolean openNext(ByteBuffer input, ByteBuffer into) throws SSLException {
        if (!input.hasRemaining()) {
            return false;
        }
        SSLEngineResult result = engine.unwrap(input, into);
        inputOver = result.getStatus() == Status.CLOSED;
        return result.getStatus() == Status.OK && result.bytesConsumed() > 0;
    }

    private static byte[] remainder(ByteBuffer input) {
        if (!input.hasRemaining()) {
            return NOTHING;
        }
        byte[] remainder = new byte[input.remaining()];
        input.get(remainder);
        return remainder;
    }

    private interface Step {
        void take() throws IOException;
    }

    /** After a failure there may be an alert to be sent, which says to the other side what went wrong. */
    private void guarded(Step step) throws IOException {
        try {
            step.take();
        } catch (SSLException | InsecureException e) {
            failed = true;
            unopened = NOTHING;
            if (e instanceof InsecureException) {
                engine.closeOutbound();
            }
            if (!working && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                ByteBuffer output = tls.output();
                engine.wrap(EMPTY, output);
                unsent.send(output.flip());
            }
            throw e instanceof InsecureException ? e : new InsecureException(Mistrust.explain((SSLException) e));
        }
    }

    @Override
    public boolean isInputOver() {
        return inputOver;
    }

    @Override
    public boolean takesInput() {
        return discards || failed || !working;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        if (!ready || failed || !flush()) {
            return 0;
        }
        int before = bytes.position();
        ByteBuffer output = tls.output();
        while (bytes.hasRemaining() && output.remaining() >= Tls.MAX_RECORD_BYTES) {
            SSLEngineResult result = engine.wrap(bytes, output);
            if (result.getStatus() == Status.CLOSED) {
                throw new ClosedChannelException();
            }
            if (result.bytesProduced() == 0) {
                break;
            }
        }
        unsent.send(output.flip());
        return bytes.position() - before;
    }

    @Override
    public boolean flush() throws IOException {
        return unsent.flush();
    }

    @Override
    public boolean isClear() {
        return unsent.isEmpty();
    }

    @Override
    public void finishOutput() throws IOException {
        if (!failed && !working) {
            engine.closeOutbound();
            sayNext();
        }
        socket.shutdownOutput();
    }

    @Override
    public void discardInput() {
        discards = true;
        unopened = NOTHING;
    }

    @Override
    public int bufferedBytes() {
        return unsent.bufferedBytes() + unopened.length;
    }

    @Override
    public long writtenBytes() {
        return unsent.writtenBytes();
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() {
        unsent.clear();
        unopened = NOTHING;
        Sockets.close(socket);
    }
}
