package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.support.Application;
import io.sluice.it.support.Contexts;
import io.sluice.it.support.CountedPair;
import io.sluice.it.support.ErrorpSource;
import io.sluice.it.support.FaultyStreams;
import io.sluice.it.support.FaultyStreams.Discovered;
import io.sluice.it.support.FaultyStreams.Intercepted;
import io.sluice.it.support.FaultyStreams.Undiscovered;
import io.sluice.it.support.Feature;
import io.sluice.it.support.Lifecycle;
import io.sluice.it.support.PeerBehaviour;
import io.sluice.it.support.Protocol;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.stream.StreamResult.Opened;
import io.sluice.testing.internal.SocketKind;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Successful creations: the stream owns the socket, and its close ends everything that belongs to it. */
@Tag("tls")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Feature("streams")
class CreationTest {

    @AutoClose
    private final Application application = Application.configured()
            .beans(Contexts.class)
            .beans(FaultyStreams.BEANS)
            .start();

    @BeforeEach
    void clear() {
        Lifecycle.clear();
    }

    static Stream<Arguments> waysKindsAndClasses() {
        return Stream.of(Protocol.values())
                .flatMap(way -> Stream.of(SocketKind.values())
                        .flatMap(kind -> Stream.of(Discovered.class, Undiscovered.class, Intercepted.class)
                                .map(type -> Arguments.of(way, kind, type))));
    }

    @ParameterizedTest
    @MethodSource("waysKindsAndClasses")
    <S extends Discovered> void createGivesStreamThatOwnsTheSocket(Protocol way, SocketKind kind, Class<S> type)
            throws Exception {
        for (ErrorpSource errorp : ErrorpSource.values()) {
            Lifecycle.clear();
            try (CountedPair pair = CountedPair.of(kind)) {
                CompletableFuture<Void> peer = PeerBehaviour.WELL_BEHAVED.start(pair.far(), way);
                var result = application
                        .get(Contexts.class)
                        .creator(way, errorp.annotated)
                        .create(pair.near(), type, errorp.added());
                assertThat((Object) result).isInstanceOf(Opened.class);
                S stream = result.findStream().orElseThrow();
                pair.assertOpen();
                assertThat(stream.isOpen()).isTrue();
                assertThat(stream.tls().isPresent()).isEqualTo(way.isTls());
                stream.tls().ifPresent(tls -> assertThat(tls.protocol()).isEqualTo(way.version));
                assertThat(stream.remoteAddress().getPort())
                        .isEqualTo(pair.far().getLocalPort());
                assertThat(Lifecycle.STREAMS_CONSTRUCTED).hasValue(1);
                assertThat(Lifecycle.STREAMS_DESTROYED).hasValue(0);
                assertThat(Lifecycle.PARTS_DESTROYED).hasValue(0);

                stream.close();
                stream.close();
                assertThat(stream.isOpen()).isFalse();
                pair.assertClosedOnce();
                Lifecycle.assertBalanced();
                peer.get(5, TimeUnit.SECONDS);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("waysKindsAndClasses")
    <S extends Discovered> void closeFreesBlockedReader(Protocol way, SocketKind kind, Class<S> type) throws Exception {
        try (CountedPair pair = CountedPair.of(kind)) {
            PeerBehaviour.THAT_ANSWERS_NOTHING.start(pair.far(), way);
            SocketStream stream = application
                    .get(Contexts.class)
                    .creator(way)
                    .create(pair.near(), type)
                    .orElseThrow();
            CountDownLatch reading = new CountDownLatch(1);
            Future<Integer> read = PeerBehaviour.THREADS.submit(() -> {
                reading.countDown();
                return stream.input().read();
            });
            reading.await();
            stream.close();
            assertThatThrownBy(() -> read.get(5, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            SocketStreamException.class,
                            condition -> assertThat(condition.kind()).isEqualTo(Kind.CLOSED));
        }
    }

    @Test
    void createOfNullSocketThrowsAndClosesNothing() {
        assertThatThrownBy(() ->
                        application.get(Contexts.class).creator(Protocol.PLAIN).create(null, Discovered.class))
                .isExactlyInstanceOf(NullPointerException.class)
                .hasMessage("socket");
    }

    @Test
    void streamMadeWithNewSaysHowToMakeOne() {
        for (SocketStream stream : List.of(new SocketStream(), new Discovered())) {
            assertThatThrownBy(stream::input)
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("this " + stream.getClass().getName()
                            + " has no connection, because it was created with new. Use"
                            + " SocketStreamCreator.create or SocketStreamConnector.open");
        }
    }
}
