package io.sluice.internal.boringssl;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.support.Application;
import io.sluice.server.ServerStarted;
import io.sluice.server.SocketEndpoint;
import io.sluice.stream.SocketStream;
import io.sluice.testing.TestAuthority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An application that Sluice does not let start leaves no native memory. */
class FailedDeploymentTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");

    @ApplicationScoped
    public static class Echo {

        @SocketEndpoint(value = "echo", address = "127.0.0.1", ssl = "web")
        void echo(SocketStream stream) {
            stream.close();
        }
    }

    /** An observer that fails when the endpoint has been opened. */
    @ApplicationScoped
    public static class FailingListener {
        void started(@Observes ServerStarted event) {
            throw new IllegalStateException("the listener fails");
        }
    }

    @AfterEach
    void nothingIsLeft() {
        TestContexts.assertNothingIsLeft();
    }

    @Test
    void anotherContextIsWrong() {
        TestContexts contexts = TestContexts.of(AUTHORITY).with("other.trust-store.pem.certs", "/none/such.pem");
        assertThatThrownBy(contexts::start).hasMessageContaining("/none/such.pem");
    }

    @Test
    void endpointCannotStart() {
        Application.Builder application = TestContexts.of(AUTHORITY)
                .application(Echo.class, FailingListener.class)
                .with("sluice.endpoint.echo.port", "0");
        assertThatThrownBy(application::start).hasStackTraceContaining("the listener fails");
    }

    @Test
    void portIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Application.Builder application = TestContexts.of(AUTHORITY)
                    .application(Echo.class)
                    .with("sluice.endpoint.echo.port", Integer.toString(taken.getLocalPort()));
            assertThatThrownBy(application::start).hasStackTraceContaining("Address already in use");
        }
    }
}
