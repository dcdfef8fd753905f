package org.simpledht.transport.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.simpledht.transport.TransportContext.ChannelHandler;
import org.simpledht.transport.TransportFault;
import org.simpledht.types.NetAddress;

/**
 * One connection, from dialling or accepting to its end, which is told to {@link Connections} once.
 *
 * <p>Reading happens when the selector says so, one buffer's worth per turn, and all whole frames in it are handed over
 * at once. Writing happens in {@link #flush} only, in the turn's tick. When the other side has finished sending, what
 * is still queued for it is written before the connection closes. When the node has had enough of it, the output is
 * written, the farewell sent, and input thrown away until the other side closes: closing over unread
 * input would reset the connection and take with it what was just written.
 *
 * <p>It is waited for, never longer than the frame timeout, while it is being made, while a frame has begun, and
 * while it comes to its end.
 */
final class Connection implements ChannelHandler {

    private enum State {
        CONNECTING,
        OPEN,
        CLOSED
    }

    private final NetAddress remote;
    private final SocketChannel channel;
    private final Connections connections;
    private final FrameReader input = new FrameReader();
    private final OutputQueue output;
    private int accountedBytes;
    private SelectionKey key;
    private State state;

    /** The other side sends no more. */
    private boolean inputEnded;

    /** We send no more. */
    private boolean outputEnded;

    /** The node wants to hear of it no more. */
    private boolean left;

    /** Registers the channel, which is either connected or on its way. */
    Connection(NetAddress remote, SocketChannel channel, Connections connections, int maxOutputBytes)
            throws IOException {
        this.remote = remote;
        this.channel = channel;
        this.connections = connections;
        output = new OutputQueue(maxOutputBytes);
        state = channel.isConnected() ? State.OPEN : State.CONNECTING;
        key = connections.register(channel, interest(), this);
    }

    NetAddress remote() {
        return remote;
    }

    /** True after {@link #leave}. */
    boolean isLeft() {
        return left;
    }

    /** Queues a frame; false if there is no room for it. */
    boolean offer(ByteBuffer frame) {
        connections.flushLater(this);
        if (!connections.mayBuffer(FrameReader.LENGTH_BYTES + frame.remaining())) {
            return false;
        }
        boolean taken = output.offer(frame);
        account();
        return taken;
    }

    /** Tells what its output takes in memory now. */
    private void account() {
        connections.buffered(output.bufferedBytes() - accountedBytes);
        accountedBytes = output.bufferedBytes();
    }

    /** Lets it end by itself once its output is written. Its end will not be reported. */
    void leave() {
        left = true;
        connections.deadlines().stop(this);
        connections.flushLater(this);
    }

    @Override
    public void ready(SelectionKey ready, long nowNanos) {
        if (state == State.CLOSED || !key.isValid()) {
            return;
        }
        if (state == State.CONNECTING) {
            finishConnect();
            return;
        }
        if (key.isWritable()) {
            connections.flushLater(this);
        }
        if (key.isReadable()) {
            read(nowNanos);
        }
    }

    private void finishConnect() {
        try {
            if (!channel.finishConnect()) {
                return;
            }
            Sockets.requireAnother(channel);
        } catch (IOException | RuntimeException e) {
            end(TransportFault.CONNECT_FAILED, Sockets.reason(e), e);
            return;
        }
        state = State.OPEN;
        connections.deadlines().stop(this);
        connections.flushLater(this);
    }

    private void read(long nowNanos) {
        ByteBuffer bytes = connections.inputBuffer().clear();
        int count;
        try {
            count = channel.read(bytes);
        } catch (IOException | RuntimeException e) {
            end(TransportFault.CONNECTION_LOST, Sockets.reason(e), e);
            return;
        }
        if (count < 0) {
            finishInput();
        } else if (!left) {
            parse(bytes.flip(), nowNanos);
        }
    }

    private void finishInput() {
        if (!left && input.isMidFrame()) {
            end(TransportFault.CONNECTION_LOST, "ended in the midst of a frame", null);
            return;
        }
        inputEnded = true;
        connections.deadlines().stop(this);
        connections.flushLater(this);
    }

    private void parse(ByteBuffer bytes, long nowNanos) {
        boolean anotherFrame = !input.isMidFrame();
        for (ByteBuffer frame = input.next(bytes); frame != null; frame = input.next(bytes)) {
            anotherFrame = true;
            connections.received(remote, frame);
            if (state == State.CLOSED || left) {
                return;
            }
        }
        if (input.isBroken()) {
            Sockets.abort(channel);
            end(TransportFault.BAD_FRAMING, "broke the framing", null);
        } else if (!input.isMidFrame()) {
            connections.deadlines().stop(this);
        } else if (anotherFrame) {
            connections.deadlines().start(this, nowNanos);
        }
    }

    /** Writes what is queued, as far as the other side takes it, and takes the next step towards the end if there is one. */
    void flush(long nowNanos) {
        if (state == State.CLOSED) {
            return;
        }
        if ((state == State.CONNECTING || left || inputEnded)
                && !connections.deadlines().isStarted(this)) {
            connections.deadlines().start(this, nowNanos);
        }
        try {
            if (state == State.OPEN && output.writeTo(channel, connections.outputBuffer())) {
                account();
                finishOutput();
            }
            if (state != State.CLOSED) {
                key.interestOps(interest());
            }
        } catch (IOException | RuntimeException e) {
            end(TransportFault.CONNECTION_LOST, Sockets.reason(e), e);
        }
    }

    private void finishOutput() throws IOException {
        if (inputEnded) {
            end(null, "closed by the other side", null);
        } else if (left && !outputEnded) {
            outputEnded = true;
            channel.shutdownOutput();
        }
    }

    private int interest() {
        if (state == State.CONNECTING) {
            return SelectionKey.OP_CONNECT;
        }
        return (inputEnded ? 0 : SelectionKey.OP_READ) | (output.isEmpty() ? 0 : SelectionKey.OP_WRITE);
    }

    /** It was waited for too long. */
    void expire() {
        if (state == State.CONNECTING) {
            end(TransportFault.CONNECT_FAILED, "no answer to connecting", null);
        } else if (inputEnded || left) {
            end(null, "closed by the other side", null);
        } else {
            Sockets.abort(channel);
            end(TransportFault.FRAME_TIMEOUT, "a frame took too long to arrive", null);
        }
    }

    /** Tries to write once what is queued, and closes, without a report. */
    void close() {
        left = true;
        try {
            if (state == State.OPEN) {
                output.writeTo(channel, connections.outputBuffer());
            }
        } catch (IOException | RuntimeException e) {
            // It was worth a try.
        }
        end(null, "closed", null);
    }

    /**
     * @param fault null if this is how connections usually end
     */
    private void end(TransportFault fault, String reason, Throwable cause) {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        connections.buffered(-accountedBytes);
        accountedBytes = 0;
        Sockets.close(channel);
        connections.ended(this, fault, reason, cause);
    }
}
