package io.sluice.testing.internal;

import io.sluice.testing.SocketPair;
import java.io.IOException;

/** The two kinds of TCP socket that an application may hand over. */
public enum SocketKind {
    /** From a ServerSocket, without a channel. */
    SOCKET,
    /** From a ServerSocketChannel. */
    CHANNEL;

    /** Opens a pair whose near socket is of this kind. */
    public SocketPair pair() throws IOException {
        return pair(0);
    }

    /** Opens a pair with buffers of a size in bytes; 0 leaves the size to the system. */
    public SocketPair pair(int bufferSize) throws IOException {
        return this == SOCKET ? SocketPair.open(bufferSize) : SocketPair.openChannel(bufferSize);
    }
}
