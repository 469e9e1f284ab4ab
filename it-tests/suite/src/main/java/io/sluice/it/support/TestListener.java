package io.sluice.it.support;

import io.sluice.testing.internal.SocketKind;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;

/** Listens on a free port, and accepts sockets of a kind. */
public record TestListener(ServerSocket listener) implements Closeable {

    public static TestListener of(SocketKind kind) throws IOException {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (kind == SocketKind.CHANNEL) {
            return new TestListener(ServerSocketChannel.open().bind(free).socket());
        }
        ServerSocket listener = new ServerSocket();
        listener.bind(free);
        return new TestListener(listener);
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    public Socket accept() throws IOException {
        return listener.accept();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
