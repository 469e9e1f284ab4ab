package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.it.support.Application;
import io.sluice.it.support.DeploymentMessages;
import io.sluice.it.support.Feature;
import io.sluice.it.support.ScopedBeans;
import io.sluice.it.support.ScopedBeans.Caller;
import io.sluice.it.support.ScopedBeans.Talk;
import io.sluice.it.support.ScopedBeans.Tally;
import io.sluice.server.ConnectionScoped;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServer;
import io.sluice.server.SocketServers;
import io.sluice.stream.SocketStream;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Endpoints and the connection scope, which is active in the method and may be the scope of its bean. */
@Feature("connection scope")
class ConnectionScopedEndpointTest {

    private static final AtomicInteger SESSIONS_ENDED = new AtomicInteger();

    @ApplicationScoped
    public static class Counting {
        @Inject
        Caller caller;

        @SocketEndpoint(value = "counting", port = 0, ssl = "none")
        void count(Talk stream, Tally tally, SocketStream current) throws IOException {
            while (stream.input().read() >= 0) {
                tally.next();
                current.output().write(caller.tally().next());
            }
        }
    }

    /** A bean of the connection serves it, so that its fields are the session. */
    @ConnectionScoped
    public static class Session {
        private int asked;

        @SocketEndpoint(value = "session", port = 0, ssl = "none")
        void talk(SocketStream stream) throws IOException {
            while (stream.input().read() >= 0) {
                stream.output().write(++asked);
            }
        }

        @PreDestroy
        void end() {
            SESSIONS_ENDED.incrementAndGet();
        }
    }

    static final class Final extends SocketStream {}

    @ApplicationScoped
    public static class Wrong {
        @SocketEndpoint(value = "wrong", port = 0, ssl = "none")
        void talk(SocketStream stream, Final current) {
            // Never deployed.
        }
    }

    @BeforeEach
    void clear() {
        ScopedBeans.clear();
        SESSIONS_ENDED.set(0);
    }

    private static Socket connected(SocketServer server) throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
        socket.setSoTimeout(5_000);
        return socket;
    }

    private static int asked(Socket socket) throws IOException {
        socket.getOutputStream().write('?');
        return socket.getInputStream().read();
    }

    private static SocketServer server(Application application, String name) {
        return application.get(SocketServers.class).named(name).orElseThrow();
    }

    @Test
    void beansOfTheConnectionAreItsOwnInAnEndpoint() throws Exception {
        try (Application application = Application.configured()
                .beans(ScopedBeans.BEANS)
                .beans(Counting.class)
                .start()) {
            SocketServer server = server(application, "counting");
            try (Socket first = connected(server);
                    Socket second = connected(server)) {
                assertThat(asked(first)).isEqualTo(2);
                assertThat(asked(first)).isEqualTo(4);
                assertThat(asked(second)).isEqualTo(2);
            }
            Awaitility.await().until(() -> server.connections() == 0);
            assertThat(ScopedBeans.DESTROYED).containsExactlyInAnyOrder(1, 2);
        }
    }

    @Test
    void connectionScopedBeanServesEachConnectionByAnInstance() throws Exception {
        try (Application application =
                Application.configured().beans(Session.class).start()) {
            SocketServer server = server(application, "session");
            try (Socket first = connected(server);
                    Socket second = connected(server)) {
                assertThat(asked(first)).isEqualTo(1);
                assertThat(asked(first)).isEqualTo(2);
                assertThat(asked(second)).isEqualTo(1);
            }
            Awaitility.await().until(() -> server.connections() == 0);
            assertThat(SESSIONS_ENDED).hasValue(2);
        }
    }

    @Test
    void parameterThatNoReferenceCanBeOfIsTold() {
        Throwable thrown = catchThrowable(
                () -> Application.configured().beans(Wrong.class).start().close());

        assertThat(DeploymentMessages.by(thrown))
                .contains("the current Final at " + Wrong.class.getName() + ".talk(parameter 2): CDI cannot"
                        + " make a reference to " + Final.class.getName() + ", because the class is final");
    }
}
