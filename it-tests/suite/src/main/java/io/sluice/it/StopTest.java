package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.sluice.it.support.Application;
import io.sluice.it.support.Contexts;
import io.sluice.it.support.CountedPair;
import io.sluice.it.support.FaultyStreams;
import io.sluice.it.support.FaultyStreams.Discovered;
import io.sluice.it.support.Lifecycle;
import io.sluice.it.support.PeerBehaviour;
import io.sluice.it.support.Protocol;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.internal.SocketKind;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The container stops while streams are open. */
class StopTest {

    private static final AtomicLong LAST_SEEN = new AtomicLong();
    static final List<String> ENDS = new CopyOnWriteArrayList<>();

    @ApplicationScoped
    public static class Journal {
        void note(String end) {
            ENDS.add(end);
        }

        @PreDestroy
        void end() {
            ENDS.add("journal");
        }
    }

    @Dependent
    public static class Noting extends SocketStream {
        @Inject
        Journal journal;

        @PreDestroy
        void end() {
            journal.note("stream");
        }
    }

    private final Application application = Application.configured()
            .beans(Contexts.class, Journal.class, Noting.class)
            .beans(FaultyStreams.BEANS)
            .start();

    @BeforeEach
    void clear() {
        ENDS.clear();
        Lifecycle.clear();
    }

    @ParameterizedTest
    @EnumSource
    void stopClosesOpenStreamsBeforeApplicationBeansEnd(Protocol way) throws Exception {
        try (CountedPair pair = CountedPair.of(SocketKind.SOCKET)) {
            CompletableFuture<Void> peer = PeerBehaviour.WELL_BEHAVED.start(pair.far(), way);
            Noting stream = create(way, pair, Noting.class);
            application.close();
            assertThat(ENDS).containsExactly("stream", "journal");
            assertThat(stream.isOpen()).isFalse();
            pair.assertClosedOnce();
            peer.get(5, TimeUnit.SECONDS);
            assertThatCode(stream::close).doesNotThrowAnyException();
            assertThat(ENDS).containsExactly("stream", "journal");
            pair.assertClosedOnce();
        } finally {
            application.close();
        }
    }

    @Test
    void stopWithStuckPeersTakesBoundedTime() throws Exception {
        List<CountedPair> pairs = new ArrayList<>();
        try {
            for (int i = 0; i < 12; i++) {
                CountedPair pair = CountedPair.of(SocketKind.values()[i % 2]);
                pairs.add(pair);
                Future<Socket> handshake = PeerBehaviour.THREADS.submit(() -> Protocol.TLS13.client(pair.far()));
                Discovered stream = create(Protocol.TLS13, pair, Discovered.class);
                handshake.get(5, TimeUnit.SECONDS);
                AtomicLong written = new AtomicLong();
                PeerBehaviour.THREADS.execute(() -> fill(stream, written));
                Awaitility.await().pollInterval(Duration.ofMillis(200)).until(() -> unchanged(written));
            }
            long start = System.nanoTime();
            application.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
            pairs.forEach(CountedPair::assertClosedOnce);
            assertThat(Lifecycle.STREAMS_CONSTRUCTED).hasValue(12);
            Lifecycle.assertBalanced();
        } finally {
            application.close();
            for (CountedPair pair : pairs) {
                pair.close();
            }
        }
    }

    /** Writes until the buffers are full, and then blocks until the stream is closed. */
    private static void fill(SocketStream stream, AtomicLong written) {
        try {
            while (true) {
                stream.output().write(new byte[65_536]);
                written.incrementAndGet();
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    /** Returns true if nothing was written since the last call. */
    private static boolean unchanged(AtomicLong written) {
        long seen = written.get();
        return seen > 0 && seen == LAST_SEEN.getAndSet(seen);
    }

    @Test
    void createAfterStopIsConditionAndClosesTheSocket() throws Exception {
        SocketStreamCreator kept = application.get(Contexts.class).creator(Protocol.PLAIN);
        try (CountedPair warm = CountedPair.of(SocketKind.SOCKET);
                CountedPair pair = CountedPair.of(SocketKind.SOCKET)) {
            kept.create(warm.near(), Discovered.class).orElseThrow();
            application.close();
            var condition =
                    kept.create(pair.near(), Discovered.class).findCondition().orElseThrow();
            assertThat(condition.kind()).isEqualTo(Kind.CLOSED);
            assertThat(condition)
                    .hasMessageMatching("context 'none', peer 127\\.0\\.0\\.1:\\d+: the container has stopped\\."
                            + " Create streams only while the application runs");
            pair.assertClosedOnce();
            Lifecycle.assertBalanced();
        } finally {
            application.close();
        }
    }

    private <S extends SocketStream> S create(Protocol way, CountedPair pair, Class<S> type) throws IOException {
        return application
                .get(Contexts.class)
                .creator(way)
                .create(pair.near(), type)
                .orElseThrow();
    }
}
