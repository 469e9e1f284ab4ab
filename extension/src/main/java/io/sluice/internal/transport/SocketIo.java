package io.sluice.internal.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Blocking reads and writes on a socket, the way that suits it. Timeouts are those of SO_TIMEOUT: milliseconds, 0 for ever. */
sealed interface SocketIo permits ChannelIo, StreamIo {
    int read(byte[] b, int off, int len, int timeout) throws IOException;

    /** Reads into a buffer of this socket's pool; {@code scratch} may be used to wait with. */
    int read(ByteBuffer buffer, byte[] scratch, int timeout) throws IOException;

    void write(byte[] b, int off, int len) throws IOException;

    void write(ByteBuffer buffer) throws IOException;

    int available() throws IOException;

    /** The pool whose buffers suit this socket. */
    BufferPool pool();
}
