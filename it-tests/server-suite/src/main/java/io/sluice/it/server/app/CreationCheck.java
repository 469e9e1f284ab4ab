package io.sluice.it.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContext;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.SocketStreamCreator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A stream on each side of a connection, created with an interceptor, a decorator and initargs. */
@ApplicationScoped
@CheckName("creation")
public class CreationCheck implements Check {

    @Inject
    @Any
    Instance<SocketStreamCreator> creators;

    @Inject
    @Any
    Instance<SocketStreamConnector> connectors;

    @Override
    public String run(Map<String, String> parameters) throws Exception {
        SocketStreamCreator creator =
                creators.select(SslContext.Literal.of(parameters.get("server"))).get();
        SocketStreamConnector connector = connectors
                .select(SslContext.Literal.of(parameters.get("client")))
                .get();
        GreetingInterceptor.SEEN.set(0);
        CountingDecorator.SEEN.set(0);
        Part.ENDED.set(0);
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> served = serve(listener, creator);
            try (GreetedStream stream = connector
                    .open("localhost", listener.getLocalPort(), GreetedStream.class, Initarg.of("times", 2))
                    .orElseThrow()) {
                assertThat(stream.greeted()).isEqualTo("hello hello ");
                stream.output().write(7);
                assertThat(stream.input().read()).isEqualTo(8);
                assertThat(stream.tls().isPresent())
                        .isEqualTo(!parameters.get("client").equals("none"));
            }
            assertThat(served.get(20, TimeUnit.SECONDS)).isEqualTo("hello ");
        }
        assertThat(GreetingInterceptor.SEEN).as("seen by the interceptor").hasValue(2);
        assertThat(CountingDecorator.SEEN).as("seen by the decorator").hasValue(1);
        assertThat(Part.ENDED).as("parts ended").hasValue(2);
        return "as expected";
    }

    private static CompletableFuture<String> serve(ServerSocket listener, SocketStreamCreator creator) {
        CompletableFuture<String> served = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                GreetedStream stream =
                        creator.create(listener.accept(), GreetedStream.class).orElseThrow();
                try (stream) {
                    stream.output().write(stream.input().read() + 1);
                    stream.input().read(); // to its end
                }
                served.complete(stream.greeted());
            } catch (IOException e) {
                served.completeExceptionally(new UncheckedIOException(e));
            } catch (RuntimeException | Error e) {
                served.completeExceptionally(e);
            }
        });
        thread.start();
        return served;
    }
}
