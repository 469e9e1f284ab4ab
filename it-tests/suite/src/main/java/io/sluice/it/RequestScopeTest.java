package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.Application;
import io.sluice.server.ServerStart;
import io.sluice.server.SocketServer;
import io.sluice.server.SocketServers;
import io.sluice.stream.SocketStream;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A connection is not a request: the request scope is active only if a method asks for it. */
class RequestScopeTest {

    private static final AtomicInteger DESTROYED = new AtomicInteger();

    @RequestScoped
    public static class Request {
        private int count;

        int next() {
            return ++count;
        }

        @PreDestroy
        void end() {
            DESTROYED.incrementAndGet();
        }
    }

    @ApplicationScoped
    public static class Requests {
        @Inject
        Request request;

        int without() {
            return request.next();
        }

        @ActivateRequestContext
        public int within() {
            request.next();
            return request.next();
        }
    }

    private interface Use {
        int of(Requests requests) throws IOException;
    }

    private static CompletableFuture<Integer> served(Use use) throws Exception {
        CompletableFuture<Integer> outcome = new CompletableFuture<>();
        try (Application application =
                Application.configured().beans(Requests.class, Request.class).start()) {
            Requests requests = application.get(Requests.class);
            SocketServer server = application
                    .get(SocketServers.class)
                    .startUp(ServerStart.of("none", SocketStream.class, (stream, connection) -> {
                        try {
                            outcome.complete(use.of(requests));
                        } catch (RuntimeException e) {
                            outcome.completeExceptionally(e);
                        }
                    }));
            try (Socket client =
                    new Socket(server.address().getAddress(), server.address().getPort())) {
                client.setSoTimeout(5_000);
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
        }
        return outcome;
    }

    @Test
    void requestScopeOfConnectionIsNotActive() throws Exception {
        assertThat(served(Requests::without))
                .failsWithin(5, TimeUnit.SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(ContextNotActiveException.class);
    }

    @Test
    void requestScopeThatMethodAsksForIsActiveForItsCall() throws Exception {
        DESTROYED.set(0);
        assertThat(served(requests -> {
                    int first = requests.within();
                    assertThat(DESTROYED).hasValue(1);
                    return first + requests.within();
                }))
                .succeedsWithin(5, TimeUnit.SECONDS)
                .isEqualTo(4);
        assertThat(DESTROYED).hasValue(2);
    }
}
