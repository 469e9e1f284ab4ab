package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.sluice.context.SslContext;
import io.sluice.it.support.Application;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServers;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.testing.TestCertificate;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What the journal costs a connection that does not fail: hardly any memory. */
class JournalAllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final TestCertificate SERVER = TestCertificate.ec("localhost");
    private static final int CONNECTIONS = 100;

    /** The copy of the hello, the observer of the connection, and its times. A whole handshake allocates some 200,000 bytes. */
    private static final long MOST = 4_000;

    private static final AtomicLong LEAST = new AtomicLong();
    private static final ThreadLocal<Long> BEFORE = ThreadLocal.withInitial(() -> 0L);

    /** Answers, and measures what its thread has allocated for the connection. */
    @ApplicationScoped
    public static class Service {
        @SocketEndpoint("allocating")
        void serve(SocketStream stream) throws IOException {
            long now = THREADS.getCurrentThreadAllocatedBytes();
            LEAST.accumulateAndGet(now - BEFORE.get(), Math::min);
            stream.output().write(stream.input().read());
            BEFORE.set(THREADS.getCurrentThreadAllocatedBytes());
        }
    }

    /** The least that one of many connections allocates up to the endpoint's method. */
    private static long allocated(String journalSize) throws IOException {
        LEAST.set(Long.MAX_VALUE);
        try (Application application = Application.configured(
                        "sluice.journal.size",
                        journalSize,
                        "sluice.ssl.allocating.key-store.pem.0.cert",
                        SERVER.certificatePem(),
                        "sluice.ssl.allocating.key-store.pem.0.key",
                        SERVER.keyPem(),
                        "sluice.ssl.allocating.session.cache-size",
                        "1",
                        "sluice.ssl.allocating-client.trust-store.pem.certs",
                        SERVER.certificatePem(),
                        "sluice.endpoint.allocating.threads",
                        "platform",
                        "sluice.endpoint.allocating.port",
                        "0",
                        "sluice.endpoint.allocating.address",
                        "127.0.0.1")
                .beans(Service.class)
                .start()) {
            int port = application
                    .get(SocketServers.class)
                    .named("allocating")
                    .orElseThrow()
                    .address()
                    .getPort();
            SocketStreamConnector connector = application
                    .container()
                    .select(SocketStreamConnector.class, SslContext.Literal.of("allocating-client"))
                    .get();
            for (int i = 0; i < CONNECTIONS; i++) {
                try (SocketStream stream =
                        connector.open("localhost", port, SocketStream.class).orElseThrow()) {
                    stream.output().write('a');
                    assertThat(stream.input().read()).isEqualTo('a');
                }
            }
        }
        return LEAST.get();
    }

    @Test
    void connectionAllocatesLittleMoreWithTheJournal() throws Exception {
        allocated("20");
        long without = allocated("0");
        long with = allocated("20");

        assertThat(with - without)
                .as("%d bytes with the journal, %d without", with, without)
                .isLessThan(MOST);
    }
}
