package io.sluice.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.tls.EngineKind;
import io.sluice.internal.tls.HandshakeEvidence;
import io.sluice.internal.tls.hello.Ja4;
import io.sluice.testing.SocketPair;
import io.sluice.testing.internal.SocketKind;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What it costs to keep the client's first message during a handshake. */
@Isolated
class HelloMemoryTest {

    private static final int HANDSHAKES = 60;

    /** The hello of the JDK has some 400 bytes. The copy has one array more, and the listener's objects. */
    private static final long MOST = 2_000;

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Keeps the hello that it receives. */
    private static final class Listener implements HandshakeListener {
        private final boolean wantsHello;
        private final AtomicReference<@Nullable ByteBuffer> hello = new AtomicReference<>();

        Listener(boolean wantsHello) {
            this.wantsHello = wantsHello;
        }

        @Override
        public void begun() {}

        @Override
        public boolean wantsHello() {
            return wantsHello;
        }

        @Override
        public void completed(@Nullable ByteBuffer message) {
            hello.set(message);
        }

        @Override
        public void failed(Supplier<@Nullable HandshakeEvidence> evidence) {}
    }

    private static long allocated(String protocol, boolean wantsHello) throws Exception {
        TlsCase row = new TlsCase(EngineKind.JDK, protocol, SocketKind.SOCKET);
        long least = Long.MAX_VALUE;
        for (int i = 0; i < HANDSHAKES; i++) {
            try (SocketPair sockets = row.socket().pair()) {
                TlsTransport server = row.server(sockets.near());
                server.tell(new Listener(wantsHello));
                Background<Long> serving = Background.run(() -> {
                    long before = THREADS.getCurrentThreadAllocatedBytes();
                    server.handshake();
                    return THREADS.getCurrentThreadAllocatedBytes() - before;
                });
                row.clientPeer(sockets.far()).handshake();
                least = Math.min(least, serving.get());
                server.abort();
            }
        }
        return least;
    }

    @ParameterizedTest
    @ValueSource(strings = {TlsCase.TLS_1_2, TlsCase.TLS_1_3})
    void handshakeAllocatesLittleMoreForTheHello(String protocol) throws Exception {
        allocated(protocol, true);
        long without = allocated(protocol, false);
        long with = allocated(protocol, true);

        assertThat(with - without)
                .as("%d, and without the hello %d", with, without)
                .isLessThan(MOST);
    }

    @Test
    void helloIsKeptUntilTheEndOfTheHandshakeOnly() throws Exception {
        TlsCase row = new TlsCase(EngineKind.JDK, TlsCase.TLS_1_3, SocketKind.SOCKET);
        try (SocketPair sockets = row.socket().pair()) {
            TlsTransport server = row.server(sockets.near());
            Listener listener = new Listener(true);
            server.tell(listener);
            Background<Void> serving = Background.start(server::handshake);
            row.clientPeer(sockets.far()).handshake();
            serving.get();

            ByteBuffer hello = listener.hello.getAndSet(null);
            assertThat(hello).isNotNull();
            assertThat(Ja4.of(hello)).isPresent();
            WeakReference<byte[]> bytes = new WeakReference<>(hello.array());
            hello = null;
            Awaitility.await().until(() -> {
                System.gc();
                return bytes.refersTo(null);
            });
            assertThat(server.isOpen()).isTrue();
            server.abort();
        }
    }
}
