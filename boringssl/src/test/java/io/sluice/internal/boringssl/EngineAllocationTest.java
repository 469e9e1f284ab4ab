package io.sluice.internal.boringssl;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.sluice.context.SslContext;
import io.sluice.it.support.Application;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServers;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.testing.TestAuthority;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A round trip allocates little in the heap, the engine's copies between heap and native memory included. */
class EngineAllocationTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WARM = 3_000;
    private static final int MEASURED = 1_000;
    /** A few small objects of the engine, such as its results. A copy in a direct buffer of its own has 300 bytes more. */
    private static final long MOST = 400;

    private static final AtomicLong OF_SERVER = new AtomicLong();

    @ApplicationScoped
    public static class Echo {

        @SocketEndpoint(value = "echo", port = 0, address = "127.0.0.1", ssl = "web")
        void echo(SocketStream stream) throws IOException {
            int size = stream.input().read() << 8;
            byte[] bytes = new byte[size];
            OF_SERVER.set(measured(() -> {
                if (stream.input().readNBytes(bytes, 0, size) == size) {
                    stream.output().write(bytes);
                    stream.output().flush();
                }
            }));
        }
    }

    private interface RoundTrip {
        void run() throws IOException;
    }

    /** The bytes that one round trip allocates on average. */
    private static long measured(RoundTrip trip) throws IOException {
        for (int i = 0; i < WARM; i++) {
            trip.run();
        }
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < MEASURED; i++) {
            trip.run();
        }
        return (THREADS.getCurrentThreadAllocatedBytes() - before) / MEASURED;
    }

    @AfterEach
    void nothingIsLeft() {
        TestContexts.assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 16_384})
    void roundTripAllocatesLittle(int size) throws Exception {
        try (Application application = TestContexts.of(AUTHORITY)
                        .application(Echo.class)
                        .with("sluice.endpoint.echo.threads", "platform") // The JVM counts for no others.
                        .start();
                SocketStream stream = open(application)) {
            byte[] bytes = new byte[size];
            stream.output().write(size >> 8);
            long ofClient = measured(() -> {
                stream.output().write(bytes);
                stream.output().flush();
                stream.input().readNBytes(bytes, 0, size);
            });
            assertThat(stream.input().read()).isEqualTo(-1);
            assertThat(ofClient).as("bytes of the client").isLessThan(MOST);
            assertThat(OF_SERVER).as("bytes of the server").hasValueLessThan(MOST);
        }
    }

    private static SocketStream open(Application application) throws IOException {
        int port = application
                .get(SocketServers.class)
                .named("echo")
                .orElseThrow()
                .address()
                .getPort();
        return application
                .container()
                .select(SocketStreamConnector.class, SslContext.Literal.of("peer"))
                .get()
                .open("127.0.0.1", port, SocketStream.class)
                .orElseThrow();
    }
}
