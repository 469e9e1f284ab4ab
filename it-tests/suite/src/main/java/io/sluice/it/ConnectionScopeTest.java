package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.support.Application;
import io.sluice.it.support.Contexts;
import io.sluice.it.support.Feature;
import io.sluice.it.support.PeerBehaviour;
import io.sluice.it.support.Protocol;
import io.sluice.it.support.ScopedBeans;
import io.sluice.it.support.ScopedBeans.Caller;
import io.sluice.it.support.ScopedBeans.Talk;
import io.sluice.it.support.ScopedBeans.Visitor;
import io.sluice.server.ServerStart;
import io.sluice.server.SocketServer;
import io.sluice.server.SocketServers;
import io.sluice.stream.SocketStream;
import io.sluice.testing.SocketPair;
import io.sluice.testing.internal.SocketKind;
import jakarta.enterprise.context.ContextNotActiveException;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Beans of a connection: where they are active, which threads share them, and when they end. */
@Feature("connection scope")
class ConnectionScopeTest {

    private final Application application =
            Application.configured().beans(ScopedBeans.BEANS).start();
    private final Caller caller = application.get(Caller.class);
    private final List<SocketPair> pairs = new ArrayList<>();

    @BeforeEach
    void clear() {
        ScopedBeans.clear();
    }

    @AfterEach
    void end() throws IOException {
        application.close();
        for (SocketPair pair : pairs) {
            pair.close();
        }
    }

    private Talk talk() throws IOException {
        SocketPair pair = SocketKind.SOCKET.pair();
        pairs.add(pair);
        return application
                .get(Contexts.class)
                .creator(Protocol.PLAIN)
                .create(pair.near(), Talk.class)
                .orElseThrow();
    }

    /** Answers each byte with the id and the count of the bean, first from the bean and then from a called object. */
    private void count(Talk stream) throws IOException {
        while (stream.input().read() >= 0) {
            stream.output().write(caller.tally().id());
            caller.stream().output().write(caller.tally().next());
        }
    }

    @ParameterizedTest
    @EnumSource
    void connectionsOfServerHaveBeansOfTheirOwnAndEndThemOnce(Protocol way) throws Exception {
        SocketServer server = application
                .get(SocketServers.class)
                .startUp(ServerStart.of(way.context, Talk.class, (stream, connection) -> count(stream)));
        try (Socket first = way.client(connected(server));
                Socket second = way.client(connected(server))) {
            byte[] one = asked(first);
            byte[] two = asked(second);
            assertThat(one[0]).isNotEqualTo(two[0]);
            assertThat(new int[] {one[1], two[1]}).containsExactly(1, 1);
            assertThat(asked(first)).containsExactly(one[0], 2);
            assertThat(ScopedBeans.DESTROYED).isEmpty();
            first.shutdownOutput();
            Awaitility.await().until(() -> server.connections() == 1);
            assertThat(ScopedBeans.DESTROYED).containsExactly((int) one[0]);
            assertThat(asked(second)).containsExactly(two[0], 2);
        }
        Awaitility.await().until(() -> server.connections() == 0);
        assertThat(ScopedBeans.DESTROYED).containsExactlyInAnyOrder(1, 2);
        assertThat(ScopedBeans.MADE).hasValue(2);
    }

    private static Socket connected(SocketServer server) throws IOException {
        Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort());
        socket.setSoTimeout(5_000);
        return socket;
    }

    private static byte[] asked(Socket socket) throws IOException {
        socket.getOutputStream().write('?');
        return socket.getInputStream().readNBytes(2);
    }

    @Test
    void failedFunctionEndsItsConnectionsBeans() throws Exception {
        SocketServer server = application
                .get(SocketServers.class)
                .startUp(ServerStart.of("none", Talk.class, (stream, connection) -> {
                    caller.tally().next();
                    throw new IOException("as a test");
                }));
        try (Socket client = connected(server)) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        Awaitility.await().until(() -> server.connections() == 0);
        assertThat(ScopedBeans.DESTROYED).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void beanThatIsDestroyedCanUseTheCurrentStream(boolean usedBefore) throws Exception {
        try (Application other = Application.configured()
                        .beans(Contexts.class, Talk.class, Visitor.class)
                        .start();
                SocketPair pair = SocketKind.SOCKET.pair()) {
            Visitor visitor = other.get(Visitor.class);
            Talk stream = other.get(Contexts.class)
                    .creator(Protocol.PLAIN)
                    .create(pair.near(), Talk.class)
                    .orElseThrow();
            stream.inConnection(() -> {
                visitor.use();
                if (usedBefore) {
                    visitor.address();
                }
            });
            stream.close();
            assertThat(ScopedBeans.EVENTS).contains("visitor " + stream.remoteAddress());
        }
    }

    @Test
    void currentStreamIsInjectedAsItsClassAndAsSocketStream() throws Exception {
        try (Talk stream = talk()) {
            stream.inConnection(() -> {
                assertThat(caller.stream().remoteAddress()).isEqualTo(stream.remoteAddress());
                assertThat(caller.talk().kind()).isEqualTo("talk");
                assertThat(caller.talk().remoteAddress()).isEqualTo(stream.remoteAddress());
                assertThat(caller.stream().input()).isSameAs(stream.input());
            });
        }
    }

    @Test
    void currentStreamOfAnotherClassIsTold() throws Exception {
        SocketPair pair = SocketKind.SOCKET.pair();
        pairs.add(pair);
        try (SocketStream stream = application
                .get(Contexts.class)
                .creator(Protocol.PLAIN)
                .create(pair.near(), SocketStream.class)
                .orElseThrow()) {
            assertThatThrownBy(() -> stream.inConnection(() -> caller.talk().kind()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("the current connection's stream is a " + SocketStream.class.getName()
                            + ", but the injected type is " + Talk.class.getName());
        }
    }

    @Test
    void destroyedReferenceClosesNothing() throws Exception {
        try (Talk stream = talk()) {
            stream.inConnection(() -> {
                var references = application.container().select(SocketStream.class);
                SocketStream reference = references.get();
                assertThat(reference.isOpen()).isTrue();
                references.destroy(reference);
                assertThat(stream.isOpen()).isTrue();
                assertThat(reference.remoteAddress()).isEqualTo(stream.remoteAddress());
            });
        }
        assertThat(ScopedBeans.EVENTS).filteredOn("stream"::equals).hasSize(1);
    }

    @Test
    void beanDestroyedOnPurposeIsMadeAnew() throws Exception {
        try (Talk stream = talk()) {
            stream.inConnection(() -> {
                assertThat(caller.tally().id()).isEqualTo(1);
                application.container().select(ScopedBeans.Tally.class).destroy(caller.tally());
                assertThat(ScopedBeans.DESTROYED).containsExactly(1);
                assertThat(caller.tally().id()).isEqualTo(2);
            });
        }
        assertThat(ScopedBeans.DESTROYED).containsExactly(1, 2);
    }

    @Test
    void eventsAndEndsComeInOrder() throws Exception {
        Talk stream = talk();
        assertThat(ScopedBeans.EVENTS).isEmpty();
        for (int i = 0; i < 2; i++) {
            stream.inConnection(() -> {
                caller.rude().use();
                caller.late().use();
            });
        }
        stream.close();
        stream.close();
        assertThat(ScopedBeans.EVENTS)
                .containsExactly("initialized true true", "ending true 4", "late 5", "tally", "ended false", "stream");
    }

    @Test
    void connectionThatNobodyEnteredHasNoScope() throws Exception {
        talk().close();
        assertThat(ScopedBeans.EVENTS).containsExactly("stream");
    }

    @Test
    void beansElsewhereAreNotActive() throws Exception {
        assertThatThrownBy(caller.tally()::next).isInstanceOf(ContextNotActiveException.class);
        assertThatThrownBy(caller.stream()::isOpen).isInstanceOf(ContextNotActiveException.class);
        try (Talk stream = talk()) {
            stream.inConnection(() -> {
                Future<Integer> elsewhere =
                        PeerBehaviour.THREADS.submit(() -> caller.tally().next());
                assertThatThrownBy(() -> elsewhere.get(5, TimeUnit.SECONDS))
                        .hasCauseInstanceOf(ContextNotActiveException.class);
            });
            assertThatThrownBy(caller.tally()::next).isInstanceOf(ContextNotActiveException.class);
        }
    }

    @Test
    void inConnectionGivesWhatIsAskedAndThrowsWhatIsThrown() throws Exception {
        try (Talk stream = talk()) {
            int next = stream.inConnection(() -> caller.tally().next());
            assertThat(next).isEqualTo(1);
            assertThat(stream.inConnection(caller.tally()::next)).isEqualTo(2);
            IOException thrown = new IOException("as a test");
            assertThatThrownBy(() -> stream.inConnection(() -> {
                        throw thrown;
                    }))
                    .isSameAs(thrown);
            assertThatThrownBy(caller.tally()::next).isInstanceOf(ContextNotActiveException.class);
        }
    }

    @Test
    void nestedConnectionsAreRestored() throws Exception {
        Talk inner = talk();
        try (Talk outer = talk()) {
            outer.inConnection(() -> {
                assertThat(caller.tally().id()).isEqualTo(1);
                inner.inConnection(() -> {
                    assertThat(caller.tally().id()).isEqualTo(2);
                    assertThat(caller.stream().remoteAddress()).isEqualTo(inner.remoteAddress());
                    outer.inConnection(() -> assertThat(caller.tally().id()).isEqualTo(1));
                    assertThat(caller.tally().id()).isEqualTo(2);
                });
                inner.close();
                assertThat(ScopedBeans.DESTROYED).containsExactly(2);
                assertThat(caller.tally().id()).isEqualTo(1);
                outer.inConnection(() -> assertThat(caller.tally().id()).isEqualTo(1));
                assertThat(caller.tally().id()).isEqualTo(1);
            });
        }
        assertThat(ScopedBeans.DESTROYED).containsExactly(2, 1);
    }

    @Test
    void secondThreadOfConnectionSharesItsBeans() throws Exception {
        try (Talk stream = talk()) {
            stream.inConnection(() -> {
                caller.tally().next();
                Future<Integer> second = PeerBehaviour.THREADS.submit(
                        () -> stream.inConnection(() -> caller.tally().next()));
                assertThat(second.get(5, TimeUnit.SECONDS)).isEqualTo(2);
            });
        }
        assertThat(ScopedBeans.DESTROYED).containsExactly(1);
    }

    @Test
    void beanThatThreadsRaceForIsMadeOnce() throws Exception {
        int threads = 8;
        for (int round = 1; round <= 50; round++) {
            try (Talk stream = talk()) {
                CyclicBarrier start = new CyclicBarrier(threads);
                List<Future<Integer>> ids = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    ids.add(PeerBehaviour.THREADS.submit(() -> {
                        start.await(5, TimeUnit.SECONDS);
                        return stream.inConnection(() -> caller.tally().id());
                    }));
                }
                for (Future<Integer> id : ids) {
                    assertThat(id.get(5, TimeUnit.SECONDS)).isEqualTo(round);
                }
            }
            assertThat(ScopedBeans.DESTROYED).hasSize(round);
        }
    }

    @Test
    void streamClosedWithinKeepsBeansUntilTheLastHasLeft() throws Exception {
        Talk stream = talk();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Future<Integer> second = PeerBehaviour.THREADS.submit(() -> stream.inConnection(() -> {
            inside.countDown();
            closed.await(5, TimeUnit.SECONDS);
            return caller.tally().next();
        }));
        stream.inConnection(() -> {
            caller.tally().next();
            inside.await(5, TimeUnit.SECONDS);
            stream.close();
            stream.inConnection(() -> caller.tally().next());
            assertThat(ScopedBeans.DESTROYED).isEmpty();
        });
        assertThat(ScopedBeans.DESTROYED).isEmpty();
        assertThatThrownBy(() -> stream.inConnection(() -> caller.tally().next()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith(": the connection and its scope have ended. Enter it while the stream is open");
        closed.countDown();
        assertThat(second.get(5, TimeUnit.SECONDS)).isEqualTo(3);
        Awaitility.await().until(() -> ScopedBeans.EVENTS.contains("ended false"));
        assertThat(ScopedBeans.DESTROYED).containsExactly(1);
    }

    @Test
    void inConnectionOfStreamMadeWithNewSaysSo() {
        assertThatThrownBy(() -> new Talk().inConnection(() -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has no connection, because it was created with new");
    }

    @Test
    void containerThatStopsEndsScopesOnce() throws Exception {
        Talk entered = talk();
        entered.inConnection(() -> caller.tally().next());
        Talk occupied = talk();
        CompletableFuture<Integer> inside = new CompletableFuture<>();
        CountDownLatch stopped = new CountDownLatch(1);
        Future<?> thread = PeerBehaviour.THREADS.submit(() -> occupied.inConnection(() -> {
            inside.complete(caller.tally().next());
            stopped.await(10, TimeUnit.SECONDS);
            return null;
        }));
        inside.get(5, TimeUnit.SECONDS);
        application.close();
        assertThat(ScopedBeans.DESTROYED).containsExactlyInAnyOrder(1, 2);
        stopped.countDown();
        thread.get(5, TimeUnit.SECONDS);
        assertThat(ScopedBeans.DESTROYED).hasSize(2);
    }
}
