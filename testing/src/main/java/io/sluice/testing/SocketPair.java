package io.sluice.testing;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;

/**
 * Two sockets that are connected to each other over the loopback interface.
 *
 * <p>The pair owns both sockets: {@link #close} closes them, and closing a socket earlier does no harm. A pair is as
 * thread-safe as its sockets.
 *
 * @param near the accepted socket, for the code under test
 * @param far the connecting socket, for its peer
 */
public record SocketPair(Socket near, Socket far) implements Closeable {

    /**
     * Opens a pair. Both sockets have {@code TCP_NODELAY}; a read of the far one times out after 20 seconds.
     *
     * @return the pair
     * @throws IOException if there is no free port
     */
    public static SocketPair open() throws IOException {
        return open(0);
    }

    /**
     * Opens a pair with buffers of a size, so that a writer soon blocks if its peer does not read.
     *
     * @param bufferSize the size of all send and receive buffers in bytes, which the system may round up; 0 for the system's own
     * @return the pair
     * @throws IOException if there is no free port
     */
    public static SocketPair open(int bufferSize) throws IOException {
        try (ServerSocket listener = new ServerSocket()) {
            return connect(listener, bufferSize, listener::accept);
        }
    }

    /**
     * Opens a pair whose near socket has a {@link java.nio.channels.SocketChannel}, in blocking mode; the far one has none.
     *
     * @param bufferSize the size of all send and receive buffers in bytes, which the system may round up; 0 for the system's own
     * @return the pair
     * @throws IOException if there is no free port
     */
    public static SocketPair openChannel(int bufferSize) throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            return connect(
                    listener.socket(), bufferSize, () -> listener.accept().socket());
        }
    }

    private static SocketPair connect(ServerSocket listener, int bufferSize, Accept accept) throws IOException {
        if (bufferSize > 0) {
            listener.setReceiveBufferSize(bufferSize);
        }
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Socket far = new Socket();
        if (bufferSize > 0) {
            far.setReceiveBufferSize(bufferSize);
            far.setSendBufferSize(bufferSize);
        }
        far.connect(listener.getLocalSocketAddress());
        far.setTcpNoDelay(true);
        far.setSoTimeout(20_000);
        Socket near = accept.accept();
        if (bufferSize > 0) {
            near.setSendBufferSize(bufferSize);
        }
        near.setTcpNoDelay(true);
        return new SocketPair(near, far);
    }

    @Override
    public void close() throws IOException {
        try (near;
                far) {
            // Closing is all.
        }
    }

    @FunctionalInterface
    private interface Accept {
        Socket accept() throws IOException;
    }
}
