package io.sluice.it;

import io.sluice.testing.SocketKind;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;

/** Listens on a free port, and accepts sockets of a kind. */
record Door(ServerSocket listener) implements Closeable {

    static Door of(SocketKind kind) throws IOException {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (kind == SocketKind.CHANNEL) {
            return new Door(ServerSocketChannel.open().bind(free).socket());
        }
        ServerSocket listener = new ServerSocket();
        listener.bind(free);
        return new Door(listener);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    Socket accept() throws IOException {
        return listener.accept();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
