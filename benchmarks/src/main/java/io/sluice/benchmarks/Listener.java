package io.sluice.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;

/** A listening socket on a free port of loopback. */
record Listener(int port, Accepting connections) {

    private static final int BACKLOG = 4096;

    /** Gives the next connection. */
    interface Accepting {
        Socket accept() throws IOException;
    }

    static Listener sockets() throws IOException {
        ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        return new Listener(server.getLocalPort(), server::accept);
    }

    static Listener channels() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        return new Listener(
                server.socket().getLocalPort(), () -> server.accept().socket());
    }
}
