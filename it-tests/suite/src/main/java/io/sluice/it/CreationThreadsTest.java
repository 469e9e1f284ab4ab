package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.Application;
import io.sluice.it.support.Contexts;
import io.sluice.it.support.CountedPair;
import io.sluice.it.support.PeerBehaviour;
import io.sluice.it.support.Protocol;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.FullBacklog;
import io.sluice.testing.internal.SocketKind;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Creations on platform and virtual threads: many at the same time, and interrupted ones. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class CreationThreadsTest {

    private static final int AT_ONCE = 200;
    private static final Initarg SHORTLY = Initarg.handshakeTimeout(Duration.ofMillis(600));

    /** By reflection, because the bytecode is that of Java 17. */
    private enum Threads {
        PLATFORM {
            @Override
            Thread start(Runnable task) {
                Thread thread = new Thread(task, "platform");
                thread.setDaemon(true);
                thread.start();
                return thread;
            }
        },
        VIRTUAL {
            @Override
            Thread start(Runnable task) throws ReflectiveOperationException {
                return (Thread) Thread.class
                        .getMethod("startVirtualThread", Runnable.class)
                        .invoke(null, task);
            }
        };

        abstract Thread start(Runnable task) throws ReflectiveOperationException;

        static Stream<Threads> ofThisJdk() {
            return Stream.of(values())
                    .filter(kind -> kind == PLATFORM || Runtime.version().feature() >= 21);
        }
    }

    @AutoClose
    private final Application application =
            Application.configured().beans(Contexts.class).start();

    static Stream<Arguments> threadsAndWays() {
        return Threads.ofThisJdk()
                .flatMap(threads -> Arrays.stream(Protocol.values()).map(way -> Arguments.of(threads, way)));
    }

    /** Each thread keeps its stream until all have one. */
    @ParameterizedTest
    @MethodSource("threadsAndWays")
    void creatorsAndConnectorsMakeStreamsOnManyThreadsAtOnce(Threads threads, Protocol way) throws Exception {
        Contexts contexts = application.get(Contexts.class);
        CountDownLatch allOpen = new CountDownLatch(2 * AT_ONCE);
        List<FutureTask<Integer>> talks = new ArrayList<>();
        Initarg trusting = Initarg.sslContext(way.clientSpecifier());
        try (ServerSocket listening = new ServerSocket(0, AT_ONCE, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < AT_ONCE; i++) {
                talks.add(talk(
                        () -> contexts.creator(way)
                                .create(listening.accept(), SocketStream.class)
                                .orElseThrow(),
                        allOpen));
                talks.add(talk(
                        () -> contexts.connector(way)
                                .open("localhost", listening.getLocalPort(), SocketStream.class, trusting)
                                .orElseThrow(),
                        allOpen));
            }
            for (FutureTask<Integer> talk : talks) {
                threads.start(talk);
            }
            for (FutureTask<Integer> talk : talks) {
                assertThat(talk.get(60, TimeUnit.SECONDS)).isEqualTo('x');
            }
        }
    }

    private static FutureTask<Integer> talk(Callable<SocketStream> creation, CountDownLatch allOpen) {
        return new FutureTask<>(() -> {
            try (SocketStream stream = creation.call()) {
                allOpen.countDown();
                assertThat(allOpen.await(60, TimeUnit.SECONDS)).isTrue();
                stream.output().write('x');
                return stream.input().read();
            }
        });
    }

    static Stream<Arguments> threadsWaysAndSockets() {
        return Threads.ofThisJdk()
                .flatMap(threads -> Stream.of(Protocol.TLS12, Protocol.TLS13)
                        .flatMap(way ->
                                Arrays.stream(SocketKind.values()).map(kind -> Arguments.of(threads, way, kind))));
    }

    /** An interrupt does not reach a platform thread that waits for a socket without a channel. */
    private static boolean isReached(Threads threads, SocketKind kind) {
        return threads == Threads.VIRTUAL || kind == SocketKind.CHANNEL;
    }

    @ParameterizedTest
    @MethodSource("threadsWaysAndSockets")
    void interruptWhileTheHandshakeWaitsEndsTheConnection(Threads threads, Protocol way, SocketKind kind)
            throws Exception {
        try (CountedPair pair = CountedPair.of(kind)) {
            pair.countFromHere();
            PeerBehaviour.SILENT.start(pair.far(), way);
            Interrupted<SocketStreamException> creation = Interrupted.whileItWaits(
                    threads,
                    () -> application
                            .get(Contexts.class)
                            .creator(way)
                            .create(pair.near(), SocketStream.class, SHORTLY)
                            .findCondition()
                            .orElseThrow());
            assertThat(creation.outcome().kind())
                    .isEqualTo(isReached(threads, kind) ? Kind.INTERRUPTED : Kind.HANDSHAKE_TIMEOUT);
            assertThat(creation.stillInterrupted()).isTrue();
            if (threads == Threads.VIRTUAL && kind == SocketKind.SOCKET) {
                assertThat(pair.near().isClosed())
                        .as("closed, by the JDK before us")
                        .isTrue();
            } else {
                pair.assertClosedOnce();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("threadsWaysAndSockets")
    void interruptWhileAReadWaitsEndsTheConnection(Threads threads, Protocol way, SocketKind kind) throws Exception {
        try (CountedPair pair = CountedPair.of(kind)) {
            PeerBehaviour.WELL_BEHAVED.start(pair.far(), way);
            SocketStream stream = application
                    .get(Contexts.class)
                    .creator(way)
                    .create(pair.near(), SocketStream.class, Initarg.readTimeout(Duration.ofMillis(600)))
                    .orElseThrow();
            Interrupted<SocketStreamException> reading = Interrupted.whileItWaits(threads, () -> {
                try {
                    throw new AssertionError("read " + stream.input().read());
                } catch (SocketStreamException e) {
                    return e;
                }
            });
            assertThat(reading.outcome().kind())
                    .isEqualTo(isReached(threads, kind) ? Kind.INTERRUPTED : Kind.READ_TIMEOUT);
            assertThat(reading.stillInterrupted()).isTrue();
            assertThat(stream.isOpen()).isEqualTo(!isReached(threads, kind));
            stream.close();
            assertThat(pair.near().isClosed()).isTrue();
        }
    }

    static Stream<Threads> threads() {
        return Threads.ofThisJdk();
    }

    @ParameterizedTest
    @MethodSource("threads")
    void interruptWhileConnectingEndsIt(Threads threads) throws Exception {
        try (FullBacklog full = FullBacklog.open("127.0.0.1")) {
            Interrupted<SocketStreamException> connecting = Interrupted.whileItWaits(
                    threads,
                    () -> application
                            .get(Contexts.class)
                            .connector(Protocol.TLS13)
                            .open(
                                    "127.0.0.1",
                                    full.port(),
                                    SocketStream.class,
                                    Initarg.connectTimeout(Duration.ofMillis(600)))
                            .findCondition()
                            .orElseThrow());
            assertThat(connecting.outcome().kind())
                    .isEqualTo(threads == Threads.VIRTUAL ? Kind.INTERRUPTED : Kind.CONNECT_TIMEOUT);
            assertThat(connecting.stillInterrupted()).isTrue();
        }
    }

    /**
     * Work that was interrupted when it waited for the network.
     *
     * @param outcome what came of it
     * @param stillInterrupted whether the thread knows of it at the end
     * @param <T> the outcome
     */
    private record Interrupted<T>(T outcome, boolean stillInterrupted) {

        private static final List<String> WAITING = List.of(".SocketInput", ".Dialer");

        static <T> Interrupted<T> whileItWaits(Threads threads, Callable<T> work) throws Exception {
            AtomicBoolean flag = new AtomicBoolean();
            FutureTask<T> task = new FutureTask<>(() -> {
                try {
                    return work.call();
                } finally {
                    flag.set(Thread.currentThread().isInterrupted());
                }
            });
            Thread thread = threads.start(task);
            Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> waits(thread));
            thread.interrupt();
            return new Interrupted<>(task.get(30, TimeUnit.SECONDS), flag.get());
        }

        private static boolean waits(Thread thread) {
            return Arrays.stream(thread.getStackTrace())
                    .anyMatch(frame -> WAITING.stream()
                            .anyMatch(type -> frame.getClassName().endsWith(type)));
        }
    }
}
