package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.support.Application;
import io.sluice.stream.SocketStream;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that lend streams of the application's own class. */
class StreamClientTest {

    static final AtomicInteger ENDED = new AtomicInteger();

    public static class LineStream extends SocketStream {

        String ask(String line) throws IOException {
            output().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            return reader().readLine();
        }

        @PreDestroy
        void end() {
            ENDED.incrementAndGet();
        }
    }

    @ApplicationScoped
    public static class Caller {
        @Inject
        @SocketClient("lab")
        StreamClient<LineStream> lab;

        StreamClient<LineStream> lab() {
            return lab;
        }
    }

    private LineServer server;
    private Application application;
    private StreamClient<LineStream> lab;

    @BeforeEach
    void start() throws IOException {
        ENDED.set(0);
        server = LineServer.plain(line -> line.toUpperCase(Locale.ROOT) + "\n");
        application = Application.configured(
                        "sluice.client.lab.addresses", server.address(), "sluice.client.lab.ssl", "none")
                .beans(Caller.class, LineStream.class)
                .start();
        lab = application.get(Caller.class).lab();
    }

    @AfterEach
    void stop() throws IOException {
        application.close();
        server.close();
    }

    @Test
    void streamIsKeptAfterAnExchangeThatIsComplete() throws Exception {
        for (int i = 0; i < 3; i++) {
            String reply = lab.call(stream -> stream.ask("a"));
            assertThat(reply).isEqualTo("A");
            try (BorrowedStream<LineStream> borrowed = lab.borrow()) {
                assertThat(borrowed.stream().ask("b")).isEqualTo("B");
                borrowed.complete();
            }
        }
        assertThat(server.accepted()).isEqualTo(1);
        assertThat(ENDED).hasValue(0);
    }

    @Test
    void streamIsClosedAfterAFailureAndNotLentAgain() throws Exception {
        assertThatThrownBy(() -> lab.call(stream -> {
                    throw new IOException("on purpose");
                }))
                .hasMessage("on purpose");
        try (BorrowedStream<LineStream> borrowed = lab.borrow()) {
            assertThat(borrowed.stream().ask("b")).isEqualTo("B");
        }
        String reply = lab.call(stream -> stream.ask("c"));
        assertThat(reply).isEqualTo("C");
        assertThat(server.accepted()).isEqualTo(3);
        assertThat(ENDED).hasValue(2);
        Awaitility.await().until(() -> server.connections() == 1);
    }

    @Test
    void streamIsNotForUseAfterItWasGivenBack() throws Exception {
        BorrowedStream<LineStream> borrowed = lab.borrow();
        borrowed.close();
        borrowed.close();
        assertThatThrownBy(borrowed::stream)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("given back");
    }
}
