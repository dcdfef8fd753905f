package org.simpledht.transport.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** How a connection's bytes get onto its socket and off it: as they are, or through TLS. On the loop's thread alone. */
interface Wire extends WritableByteChannel {

    /**
     * The socket is connected: says what is to be said before the first frame.
     *
     * @throws InsecureException if that cannot be done
     */
    void begin() throws IOException;

    /** True as soon as frames may pass, and from then on. */
    boolean isReady();

    /**
     * Reads what has come, as much as one buffer takes; never waits.
     *
     * @throws InsecureException if the other side is not who it should be, or speaks nonsense; what is then to be told to it
     *     has to be {@linkplain #flush flushed}
     */
    void read(ByteBuffer into) throws IOException;

    /** True once all that the other side will ever send was read. */
    boolean isInputOver();

    /** False while there is no use in reading, because something else must be done before. */
    boolean takesInput();

    /** What it had done elsewhere is done, and reading may go on. */
    void resume();

    /** Writes what it keeps itself, as far as the other side takes it. True if {@linkplain #isClear nothing is left}. */
    boolean flush() throws IOException;

    /** Whether all that it was given is written. */
    boolean isClear();

    /** Tells the other side that nothing follows. To be called when all is written. */
    void finishOutput() throws IOException;

    /** Whatever comes from now on is thrown away. */
    void discardInput();

    /** Closes the socket, whatever state it is in, and keeps nothing. */
    @Override
    void close();

    /** What it keeps in memory for the other side. */
    int bufferedBytes();

    /** Bytes that the socket has taken so far. */
    long writtenBytes();
}
