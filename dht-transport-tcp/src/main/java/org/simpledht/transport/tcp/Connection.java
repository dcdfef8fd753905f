package org.simpledht.transport.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.simpledht.transport.TransportContext.ChannelHandler;
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
 * <p>It is waited for no longer than {@link Patience} says.
 */
final class Connection implements ChannelHandler {

    private enum State {
        CONNECTING,
        /** The handshake goes on. */
        SECURING,
        OPEN,
        CLOSED
    }

    private final NetAddress remote;
    private final boolean dialled;
    private final SocketChannel channel;
    private final Wire wire;
    private final Connections connections;
    private final Patience patience;
    private final FrameReader input = new FrameReader();
    private final OutputQueue output;
    private int accountedBytes;
    private SelectionKey key;
    private State state = State.CONNECTING;

    /** The node knows of it. */
    private boolean announced;

    /** A whole frame has come. */
    private boolean heard;

    private long heardNanos;

    /** The other side sends no more. */
    private boolean inputEnded;

    /** We send no more. */
    private boolean outputEnded;

    /** The node wants to hear of it no more. */
    private boolean left;

    /**
     * @param channel connected, or on its way
     * @param dialled whether this node began it, and so knows of it
     */
    Connection(NetAddress remote, boolean dialled, SocketChannel channel, Connections connections, int maxOutputBytes) {
        this.remote = remote;
        this.dialled = dialled;
        this.channel = channel;
        this.connections = connections;
        patience = connections.patience();
        announced = dialled;
        output = new OutputQueue(maxOutputBytes);
        wire = connections.wires().between(this, channel);
    }

    /** Begins to take part in the loop's turns. */
    void register() throws IOException {
        key = connections.register(channel, SelectionKey.OP_CONNECT, this);
        if (channel.isConnected()) {
            connected();
        }
    }

    NetAddress remote() {
        return remote;
    }

    boolean isDialled() {
        return dialled;
    }

    /** True after {@link #leave}, and when nobody needs to hear of its end. */
    boolean isLeft() {
        return left;
    }

    /** Whether the node was told of it, and is to be told of its end. */
    boolean isAnnounced() {
        return announced;
    }

    boolean hasHeard() {
        return heard;
    }

    /** Since when no whole frame has come: of one that was accepted, since then if none came at all. */
    long quietSinceNanos() {
        return heardNanos;
    }

    /** Whether it keeps others waiting: a frame is begun, or not taken. */
    boolean isBehind() {
        return input.isMidFrame() || !output.isEmpty();
    }

    int bufferedBytes() {
        return accountedBytes;
    }

    Selector selector() {
        return key.selector();
    }

    /** Somebody has connected: a first frame is expected. */
    void expectFrame(long nowNanos) {
        heardNanos = nowNanos;
        patience.arrivals().start(this, nowNanos);
    }

    /** Whether its own output has room for a frame of so many bytes. */
    boolean hasRoomFor(int bytes) {
        return output.hasRoomFor(bytes);
    }

    /** Queues a frame; false if there is no room for it. */
    boolean offer(ByteBuffer frame) {
        connections.flushLater(this);
        if (!connections.mayBuffer(FrameReader.LENGTH_BYTES + frame.remaining(), this) || state == State.CLOSED) {
            return false;
        }
        boolean taken = output.offer(frame);
        account();
        return taken;
    }

    /** Tells what it takes in memory now. */
    private void account() {
        int bytes = output.bufferedBytes() + input.bufferedBytes() + wire.bufferedBytes();
        connections.buffered(bytes - accountedBytes);
        accountedBytes = bytes;
    }

    /** Lets it end by itself once its output is written. Its end will not be reported. */
    void leave() {
        left = true;
        patience.arrivals().stop(this);
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
            connected();
        } catch (IOException | RuntimeException e) {
            end(Ending.notConnected(e));
        }
    }

    private void connected() throws IOException {
        wire.begin();
        state = State.SECURING;
        secured();
        key.interestOps(interest());
        connections.flushLater(this);
    }

    private void secured() {
        if (state != State.SECURING || !wire.isReady()) {
            return;
        }
        state = State.OPEN;
        if (dialled) {
            patience.arrivals().stop(this);
        } else if (!left) {
            announced = true;
            connections.announce(this);
        }
    }

    /** What its handshake had done elsewhere is done. */
    void resume(long nowNanos) {
        if (state != State.CLOSED && key.isValid()) {
            wire.resume();
            read(nowNanos);
        }
    }

    private void read(long nowNanos) {
        ByteBuffer bytes = connections.inputBuffer().clear();
        try {
            wire.read(bytes);
        } catch (InsecureException e) {
            distrust(e);
            return;
        } catch (IOException | RuntimeException e) {
            lose(e);
            return;
        }
        connections.flushLater(this);
        secured();
        if (bytes.position() > 0 && !left) {
            parse(bytes.flip(), nowNanos);
        }
        if (wire.isInputOver() && !inputEnded && state != State.CLOSED) {
            finishInput();
        }
    }

    private void lose(Exception e) {
        if (state == State.SECURING) {
            end(Ending.inHandshake(Sockets.reason(e)));
        } else {
            end(Ending.lost(e));
        }
    }

    private void finishInput() {
        if (state == State.SECURING) {
            end(Ending.inHandshake("it has closed"));
            return;
        }
        if (!left && input.isMidFrame()) {
            end(Ending.inFrame());
            return;
        }
        inputEnded = true;
        patience.arrivals().stop(this);
        connections.flushLater(this);
    }

    private void parse(ByteBuffer bytes, long nowNanos) {
        // Who has never sent a whole one has no more time for the first than it had at the start.
        boolean anotherFrame = !input.isMidFrame() && heard;
        for (ByteBuffer frame = input.next(bytes); frame != null; frame = input.next(bytes)) {
            anotherFrame = true;
            heard = true;
            heardNanos = nowNanos;
            connections.received(remote, frame);
            if (state == State.CLOSED || left) {
                return;
            }
        }
        account();
        connections.keepWithinMemory();
        if (state == State.CLOSED) {
            return;
        }
        if (input.isBroken()) {
            breakOff(bytes);
        } else if (!input.isMidFrame()) {
            patience.arrivals().stop(this);
        } else if (anotherFrame) {
            patience.arrivals().start(this, nowNanos);
        }
    }

    private void breakOff(ByteBuffer bytes) {
        boolean isTls = !heard && Mistrust.looksLikeTls(bytes);
        Sockets.abort(channel);
        end(Ending.brokenFraming(isTls));
    }

    /** Nothing goes on with it but to tell it why. */
    private void distrust(InsecureException reason) {
        boolean wasLeft = left;
        state = State.OPEN;
        output.clear();
        input.clear();
        account();
        left = true;
        patience.arrivals().stop(this);
        connections.flushLater(this);
        if (!wasLeft) {
            connections.distrusted(this, reason);
        }
    }

    /** Writes what is queued, as far as the other side takes it, and takes the next step towards the end if there is one. */
    void flush(long nowNanos) {
        if (state == State.CLOSED) {
            return;
        }
        boolean ending = left || inputEnded;
        if ((state == State.CONNECTING || state == State.SECURING || ending)
                && !patience.arrivals().isStarted(this)) {
            patience.arrivals().start(this, nowNanos);
        }
        if (left && state == State.OPEN) {
            wire.discardInput();
        }
        try {
            long writtenBefore = wire.writtenBytes();
            boolean written = state != State.CONNECTING && write();
            boolean waits = state == State.OPEN && !written;
            patience.wrote(this, waits, wire.writtenBytes() > writtenBefore, ending, nowNanos);
            if (written) {
                finishOutput();
            }
            if (state != State.CLOSED) {
                account();
                key.interestOps(interest());
            }
        } catch (IOException | RuntimeException e) {
            if (inputEnded) {
                end(Ending.usual());
            } else {
                lose(e);
            }
        }
    }

    /** True if nothing is left to be written. */
    private boolean write() throws IOException {
        return wire.flush()
                && state == State.OPEN
                && output.writeTo(wire, connections.outputBuffer())
                && wire.isClear();
    }

    private void finishOutput() throws IOException {
        if (inputEnded) {
            wire.finishOutput();
            end(Ending.usual());
        } else if (left && !outputEnded) {
            outputEnded = true;
            wire.finishOutput();
        }
    }

    private int interest() {
        if (state == State.CONNECTING) {
            return SelectionKey.OP_CONNECT;
        }
        boolean reads = !inputEnded && wire.takesInput();
        boolean writes = !wire.isClear() || state == State.OPEN && !output.isEmpty();
        return (reads ? SelectionKey.OP_READ : 0) | (writes ? SelectionKey.OP_WRITE : 0);
    }

    /** It was waited for too long. */
    void expire() {
        if (state == State.CONNECTING) {
            end(Ending.unanswered());
        } else if (inputEnded || left) {
            Sockets.abort(channel);
            end(Ending.usual());
        } else {
            Sockets.abort(channel);
            end(Ending.late(lateness()));
        }
    }

    private String lateness() {
        if (state == State.SECURING) {
            return "the handshake took too long";
        }
        return input.isMidFrame() ? "a frame took too long to arrive" : "no frame came";
    }

    /** It has not taken what is sent to it for too long. */
    void stall() {
        Sockets.abort(channel);
        end(Ending.late("does not take what is sent to it"));
    }

    /** Closes it at once, without a report. */
    void discard() {
        left = true;
        Sockets.abort(channel);
        end(Ending.own());
    }

    /** Tries to write once what is queued, and closes, without a report. */
    void close() {
        left = true;
        try {
            if (state == State.OPEN && write()) {
                wire.finishOutput();
            }
        } catch (IOException | RuntimeException e) {
            // It was worth a try.
        }
        end(Ending.own());
    }

    private void end(Ending ending) {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        connections.buffered(-accountedBytes);
        accountedBytes = 0;
        // The selector knows of it until it selects again: what it holds is given back now.
        output.clear();
        input.clear();
        wire.close();
        connections.ended(this, ending);
    }
}
