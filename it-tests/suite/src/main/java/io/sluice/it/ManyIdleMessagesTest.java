package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.sluice.it.support.Application;
import io.sluice.it.support.IdleClients;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServer;
import io.sluice.server.SocketServers;
import io.sluice.testing.internal.ChildJvm;
import io.sluice.testing.internal.ProcessPeer;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** As many idle connections of messages as this process may have descriptors for, up to 100,000. */
@Tag("long")
class ManyIdleMessagesTest {

    private static final int MOST = 100_000;
    private static final int SPARE_DESCRIPTORS = 1_000;
    private static final int OF_EACH_ADDRESS = 20_000;
    private static final int MOST_THREADS = 50;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @ApplicationScoped
    public static class Upper {
        @SocketEndpoint(value = "many", port = 0, ssl = "none", frames = "line")
        String upper(String line) {
            return line.toUpperCase(Locale.ROOT);
        }
    }

    private static int count() {
        UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return (int) Math.min(MOST, system.getMaxFileDescriptorCount() - SPARE_DESCRIPTORS);
    }

    @Test
    void idleConnectionsAllAnswerAndHaveNoThreads() throws Exception {
        int count = count();
        try (Application application = Application.configured(
                        "sluice.endpoint.many.backlog", "4096", "sluice.endpoint.many.threads", "platform")
                .beans(Upper.class)
                .start()) {
            SocketServer server =
                    application.get(SocketServers.class).named("many").orElseThrow();
            int before = ManagementFactory.getThreadMXBean().getThreadCount();
            try (ProcessPeer clients = ChildJvm.of(IdleClients.class)
                    .start(
                            String.valueOf(server.address().getPort()),
                            String.valueOf(count),
                            String.valueOf(OF_EACH_ADDRESS))) {
                clients.awaitOutputAfter(0, "open", LIMIT);
                assertThat(server.connections()).isEqualTo(count);
                Awaitility.await()
                        .atMost(LIMIT)
                        .until(() -> ManagementFactory.getThreadMXBean().getThreadCount() < before + MOST_THREADS);
                long start = System.nanoTime();
                clients.sendLine("");
                clients.awaitOutputAfter(0, "answered within", LIMIT);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            }
            Awaitility.await().atMost(LIMIT).until(() -> server.connections() == 0);
            assertThat(server.counts().errors()).isZero();
        }
    }
}
