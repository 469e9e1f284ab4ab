package io.sluice.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;

/** The two kinds of TCP socket that an application may hand over. */
public enum SocketKind {
    /** From a ServerSocket: streams. */
    SOCKET,
    /** From a ServerSocketChannel. */
    CHANNEL;

    /**
     * Two connected sockets on the loopback; the near one is of this kind, the far one always has streams, and its reads give
     * up after 20 seconds unless a test says otherwise.
     */
    public SocketPair pair() throws IOException {
        return pair(0);
    }

    /** The same with a small buffer on both sides, so that a writer is soon stuck; 0 leaves the size to the system. */
    public SocketPair pair(int bufferSize) throws IOException {
        return this == SOCKET ? socketPair(bufferSize) : channelPair(bufferSize);
    }

    private static SocketPair socketPair(int bufferSize) throws IOException {
        try (ServerSocket listener = new ServerSocket()) {
            if (bufferSize > 0) {
                listener.setReceiveBufferSize(bufferSize);
            }
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Socket far = connect(listener.getInetAddress(), listener.getLocalPort(), bufferSize);
            return pairOf(listener.accept(), far, bufferSize);
        }
    }

    private static SocketPair channelPair(int bufferSize) throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            if (bufferSize > 0) {
                listener.setOption(StandardSocketOptions.SO_RCVBUF, bufferSize);
            }
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
            Socket far = connect(address.getAddress(), address.getPort(), bufferSize);
            return pairOf(listener.accept().socket(), far, bufferSize);
        }
    }

    private static Socket connect(InetAddress address, int port, int bufferSize) throws IOException {
        Socket far = new Socket();
        if (bufferSize > 0) {
            far.setReceiveBufferSize(bufferSize);
            far.setSendBufferSize(bufferSize);
        }
        far.connect(new InetSocketAddress(address, port));
        far.setTcpNoDelay(true);
        far.setSoTimeout(20_000);
        return far;
    }

    private static SocketPair pairOf(Socket near, Socket far, int bufferSize) throws IOException {
        if (bufferSize > 0) {
            near.setSendBufferSize(bufferSize);
        }
        near.setTcpNoDelay(true);
        return new SocketPair(near, far);
    }
}
