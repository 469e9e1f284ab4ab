package io.sluice.internal.boringssl;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContext;
import io.sluice.it.support.Application;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServers;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.testing.TestAuthority;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stream that nobody closes stays open, with all that belongs to it, until the application ends. */
class LostStreamTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");

    private static final AtomicInteger DESTROYED = new AtomicInteger();

    @ApplicationScoped
    public static class Echo {

        @SocketEndpoint(value = "echo", port = 0, address = "127.0.0.1", ssl = "web")
        void echo(SocketStream stream) throws IOException {
            stream.input().transferTo(stream.output());
        }
    }

    /** A stream with something to do at its end. */
    @Dependent
    public static class Counted extends SocketStream {
        @PreDestroy
        void count() {
            DESTROYED.incrementAndGet();
        }
    }

    @AfterEach
    void nothingIsLeft() {
        TestContexts.assertNothingIsLeft();
    }

    private static void open(Application application) throws IOException {
        int port = application
                .get(SocketServers.class)
                .named("echo")
                .orElseThrow()
                .address()
                .getPort();
        application
                .container()
                .select(SocketStreamConnector.class, SslContext.Literal.of("peer"))
                .get()
                .open("127.0.0.1", port, Counted.class)
                .orElseThrow();
    }

    private static void collectGarbage() {
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        Awaitility.await().until(() -> {
            System.gc();
            return garbage.refersTo(null);
        });
    }

    @Test
    void streamThatNobodyClosesEndsWithTheApplication() throws Exception {
        DESTROYED.set(0);
        try (Application application = TestContexts.of(AUTHORITY).start(Echo.class, Counted.class)) {
            open(application);
            collectGarbage();
            assertThat(LiveObjects.ENGINES).hasValue(2);
            assertThat(DESTROYED).hasValue(0);
        }
        assertThat(DESTROYED).hasValue(1);
    }
}
