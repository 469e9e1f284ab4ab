package io.sluice.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.SocketPair;
import io.sluice.testing.internal.SocketKind;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two connected sockets. The near one counts how often it is closed, except if it has a channel, because such a socket
 * cannot be extended.
 */
public record CountedPair(Socket near, Socket far) implements Closeable {

    public static CountedPair of(SocketKind kind) throws IOException {
        if (kind == SocketKind.CHANNEL) {
            SocketPair pair = kind.pair();
            return new CountedPair(pair.near(), pair.far());
        }
        try (CountingListener listener = new CountingListener()) {
            Socket far = new Socket(listener.getInetAddress(), listener.getLocalPort());
            Socket near = listener.accept();
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            return new CountedPair(near, far);
        }
    }

    /** Starts to count the closes by the library. */
    public void countFromHere() {
        if (near instanceof Counting counting) {
            counting.closes.set(0);
        }
    }

    /** Asserts that the library has closed the socket exactly once. */
    public void assertClosedOnce() {
        assertThat(near.isClosed()).as("closed").isTrue();
        if (near instanceof Counting counting) {
            assertThat(counting.closes).as("how often it was closed").hasValue(1);
        } else {
            assertThat(near.getChannel().isOpen()).as("channel open").isFalse();
        }
    }

    public void assertOpen() {
        assertThat(near.isClosed()).as("closed").isFalse();
    }

    @Override
    public void close() throws IOException {
        try (near;
                far) {
            // Closing is all.
        }
    }

    private static final class Counting extends Socket {
        final AtomicInteger closes = new AtomicInteger();

        @Override
        public void close() throws IOException {
            closes.incrementAndGet();
            super.close();
        }
    }

    private static final class CountingListener extends ServerSocket {
        CountingListener() throws IOException {
            super(0, 1, InetAddress.getLoopbackAddress());
        }

        @Override
        public Socket accept() throws IOException {
            Counting socket = new Counting();
            implAccept(socket);
            return socket;
        }
    }
}
