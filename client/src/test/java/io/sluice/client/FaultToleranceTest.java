package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.support.Application;
import io.sluice.stream.SocketStreamException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** MicroProfile Fault Tolerance on a bean that calls a client. */
@Tag("weld")
class FaultToleranceTest {

    @ApplicationScoped
    public static class Caller {

        @Inject
        @SocketClient("lab")
        MessageClient<String> lab;

        /** A broken connection is not used again, so the next attempt gets another one. */
        @Retry(maxRetries = 2, delay = 0)
        public String insist(String line) throws SocketStreamException {
            return lab.request(line);
        }

        @Timeout(200)
        public String hurry(String line) throws SocketStreamException {
            return lab.request(line);
        }

        @CircuitBreaker(requestVolumeThreshold = 2, failureRatio = 1, delay = 60_000)
        public String protect(String line) throws SocketStreamException {
            return lab.request(line);
        }
    }

    private final CountDownLatch release = new CountDownLatch(1);
    private LineServer server;
    private Application application;
    private Caller caller;

    @BeforeEach
    void start() throws IOException {
        server = LineServer.plain(this::reply);
        application = Application.configured(
                        "sluice.client.lab.addresses", server.address(),
                        "sluice.client.lab.ssl", "none",
                        "sluice.client.lab.frames", "line",
                        "sluice.client.lab.test-after", "1h",
                        "sluice.client.lab.reply-timeout", "1s",
                        "sluice.client.lab.backoff", "1ms")
                .extensions(ServiceLoader.load(Extension.class).stream()
                        .filter(extension -> extension.type().getName().startsWith("io.smallrye."))
                        .map(ServiceLoader.Provider::get)
                        .toArray(Extension[]::new))
                .beans(Caller.class)
                .start();
        caller = application.get(Caller.class);
    }

    private String reply(String line) {
        if (line.equals("slow")) {
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return line.toUpperCase(Locale.ROOT) + "\n";
    }

    @AfterEach
    void stop() throws IOException {
        release.countDown();
        application.close();
        server.close();
    }

    @Test
    void retryGetsAnotherConnection() throws Exception {
        assertThat(caller.insist("a")).isEqualTo("A");
        server.endConnections();
        Awaitility.await().until(() -> server.connections() == 0);
        assertThat(caller.insist("b")).isEqualTo("B");
        assertThat(server.accepted()).isEqualTo(2);
    }

    @Test
    void timeoutEndsTheRequestAndItsConnection() throws Exception {
        assertThatThrownBy(() -> caller.hurry("slow")).isInstanceOf(TimeoutException.class);
        release.countDown();
        assertThat(caller.insist("next")).isEqualTo("NEXT");
    }

    @Test
    void openCircuitDoesNotAskTheServer() throws Exception {
        server.close();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> caller.protect("a")).isInstanceOf(SocketStreamException.class);
        }
        assertThatThrownBy(() -> caller.protect("a")).isInstanceOf(CircuitBreakerOpenException.class);
    }
}
