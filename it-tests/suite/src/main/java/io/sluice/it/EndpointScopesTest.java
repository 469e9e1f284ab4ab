package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.it.support.Application;
import io.sluice.it.support.DeploymentMessages;
import io.sluice.it.support.Feature;
import io.sluice.server.ConnectionFailed;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServer;
import io.sluice.server.SocketServers;
import io.sluice.stream.SocketStream;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ConversationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The bean of an endpoint has any scope: one instance, one for each connection, or a problem if the scope is never active. */
@Feature("endpoints")
class EndpointScopesTest {

    private static final AtomicInteger ENDED = new AtomicInteger();
    private static final List<ConnectionFailed> FAILED = new CopyOnWriteArrayList<>();

    /** Answers with the number of requests to this instance. */
    public abstract static class Counting {
        private int asked;

        void answer(SocketStream stream) throws IOException {
            while (stream.input().read() >= 0) {
                stream.output().write(++asked);
            }
        }

        @PreDestroy
        void end() {
            ENDED.incrementAndGet();
        }
    }

    @ApplicationScoped
    public static class OfTheApplication extends Counting {
        @SocketEndpoint(value = "application", port = 0, ssl = "none")
        void serve(SocketStream stream) throws IOException {
            answer(stream);
        }
    }

    @Singleton
    public static class Single extends Counting {
        @SocketEndpoint(value = "singleton", port = 0, ssl = "none")
        void serve(SocketStream stream) throws IOException {
            answer(stream);
        }
    }

    @Dependent
    public static class OfTheCall extends Counting {
        @SocketEndpoint(value = "dependent", port = 0, ssl = "none")
        void serve(SocketStream stream) throws IOException {
            answer(stream);
        }
    }

    @RequestScoped
    public static class OfTheRequest extends Counting {
        @Inject
        Shared shared;

        @ActivateRequestContext
        @SocketEndpoint(value = "request", port = 0, ssl = "none")
        void serve(SocketStream stream, Shared same) throws IOException {
            assertThat(same.number()).isEqualTo(shared.number());
            answer(stream);
        }
    }

    /** The request scope too: method and bean see the same instance. */
    @RequestScoped
    public static class Shared {
        private static final AtomicInteger NUMBERS = new AtomicInteger();
        private final int number = NUMBERS.incrementAndGet();

        int number() {
            return number;
        }
    }

    @RequestScoped
    public static class Unasked {
        @SocketEndpoint(value = "unasked", port = 0, ssl = "none")
        void serve(SocketStream stream) {}
    }

    @SessionScoped
    public static class OfASession implements Serializable {
        private static final long serialVersionUID = 1;

        @SocketEndpoint(value = "session", port = 0, ssl = "none")
        void serve(SocketStream stream) {}
    }

    @ConversationScoped
    public static class OfAConversation implements Serializable {
        private static final long serialVersionUID = 1;

        @SocketEndpoint(value = "conversation", port = 0, ssl = "none")
        void serve(SocketStream stream) {}
    }

    @ApplicationScoped
    public static class Watch {
        void note(@Observes ConnectionFailed failed) {
            FAILED.add(failed);
        }
    }

    private static int asked(SocketServer server) throws IOException {
        try (Socket client =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            client.setSoTimeout(5_000);
            client.getOutputStream().write('?');
            int answer = client.getInputStream().read();
            client.shutdownOutput();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            return answer;
        }
    }

    @ParameterizedTest
    @CsvSource({"application, 2, 0", "singleton, 2, 0", "dependent, 1, 2", "request, 1, 2"})
    void instanceServesAsLongAsItsScopeLasts(String name, int secondAnswer, int ended) throws Exception {
        ENDED.set(0);
        FAILED.clear();
        try (Application application = Application.configured()
                .beans(
                        OfTheApplication.class,
                        Single.class,
                        OfTheCall.class,
                        OfTheRequest.class,
                        Shared.class,
                        Watch.class)
                .start()) {
            SocketServer server =
                    application.get(SocketServers.class).named(name).orElseThrow();
            assertThat(asked(server)).isEqualTo(1);
            assertThat(asked(server)).isEqualTo(secondAnswer);
            Awaitility.await().until(() -> server.connections() == 0);
            assertThat(ENDED).hasValue(ended);
            assertThat(FAILED).isEmpty();
        }
    }

    static Object[][] neverActive() {
        return new Object[][] {
            {
                Unasked.class,
                "the bean is @RequestScoped, but no request is active for a connection. Annotate the method or"
                        + " its class with @ActivateRequestContext"
            },
            {OfASession.class, "the bean is @SessionScoped, and that scope is never active for a connection"},
            {OfAConversation.class, "the bean is @ConversationScoped, and that scope is never active for a connection"}
        };
    }

    @ParameterizedTest
    @MethodSource("neverActive")
    void scopeThatIsNeverActiveIsTold(Class<?> bean, String problem) {
        Throwable thrown = catchThrowable(
                () -> Application.configured().beans(bean).start().close());

        assertThat(DeploymentMessages.by(thrown)).contains(bean.getName() + ".serve): " + problem);
    }

    @Test
    void requestOfOneConnectionIsNotThatOfAnother() throws Exception {
        try (Application application =
                Application.configured().beans(OfTheRequest.class, Shared.class).start()) {
            SocketServer server =
                    application.get(SocketServers.class).named("request").orElseThrow();
            try (Socket waiting = new Socket(
                    InetAddress.getLoopbackAddress(), server.address().getPort())) {
                waiting.setSoTimeout(5_000);
                waiting.getOutputStream().write('?');
                assertThat(waiting.getInputStream().read()).isEqualTo(1);
                assertThat(asked(server)).isEqualTo(1);
                waiting.getOutputStream().write('?');
                assertThat(waiting.getInputStream().read()).isEqualTo(2);
            }
        }
    }
}
