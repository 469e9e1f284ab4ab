package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.SocketPair;
import io.sluice.testing.TestCertificate;
import io.sluice.testing.internal.SocketKind;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The streams when the container stops. */
@Timeout(60)
class OpenStreamsTest {

    private static final TestCertificate CERTIFICATE = TestCertificate.ec("localhost");
    private static final int STREAMS = 5;
    private static final Duration LONG = Duration.ofSeconds(20);

    /** The available threads for closing. */
    enum Threads {
        ENOUGH {
            @Override
            Thread thread(Runnable task, int number) {
                return new Thread(task, "closer");
            }
        },
        ONE {
            @Override
            Thread thread(Runnable task, int number) {
                return number == 1 ? ENOUGH.thread(task, number) : WITHOUT_STACK.thread(task, number);
            }
        },
        /** As if the process had reached its limit of threads. */
        WITHOUT_STACK {
            @Override
            Thread thread(Runnable task, int number) {
                return new Thread(null, task, "without a stack", 1L << 46);
            }
        },
        NONE {
            @Override
            Thread thread(Runnable task, int number) {
                throw new IllegalStateException("for the test: no more threads");
            }
        };

        abstract Thread thread(Runnable task, int number);
    }

    private final OpenStreams open = new OpenStreams();
    private final List<SocketPair> sockets = new ArrayList<>();
    private final List<SocketStream> clients = new ArrayList<>();
    private final List<SocketStream> streams = new ArrayList<>();
    private final List<Thread> made = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (SocketPair pair : sockets) {
            pair.close();
        }
    }

    private void open(int count, Runnable destroy, Initarg... initargs) throws Exception {
        SslContextSpecifier context = SslContextSpecifier.of(CERTIFICATE.context());
        SocketStreamCreator creator = TestStreams.creator(open, destroy, context, SslSide.SERVER);
        for (int i = 0; i < count; i++) {
            SocketPair pair = SocketKind.SOCKET.pair();
            sockets.add(pair);
            FutureTask<SocketStream> opening = new FutureTask<>(() ->
                    creator.create(pair.near(), SocketStream.class, initargs).orElseThrow());
            new Thread(opening).start();
            clients.add(client(pair.far()));
            streams.add(opening.get());
        }
    }

    private static SocketStream client(Socket far) throws IOException {
        SslContextSpecifier context = SslContextSpecifier.of(CERTIFICATE.trustingContext());
        return TestStreams.open(far, context, SslSide.CLIENT, Initarg.readTimeout(LONG));
    }

    /** The verdict of each client: an end with close_notify is an orderly one. */
    private static boolean endsInOrder(SocketStream client) {
        try {
            client.input().transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (SocketStreamException e) {
            if (e.kind() == Kind.READ_TIMEOUT) {
                throw new AssertionError("the connection was not closed", e);
            }
            return false;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ThreadFactory factory(Threads threads) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = threads.thread(task, number.incrementAndGet());
            made.add(thread);
            return thread;
        };
    }

    @ParameterizedTest
    @EnumSource
    void allAreClosedInOrderByTheThreadsThatThereAre(Threads threads) throws Exception {
        open(STREAMS, () -> {});
        open.closeAll(LONG, factory(threads));
        assertThat(open.count()).isZero();
        assertThat(clients).allMatch(OpenStreamsTest::endsInOrder);
        assertThat(made).noneMatch(Thread::isAlive);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsStuckIsAbortedInTheEnd(Threads threads) throws Exception {
        open(STREAMS, () -> {}, Initarg.closeTimeout(Duration.ofSeconds(2)));
        Thread writing = new Thread(() -> {
            try {
                streams.get(0).output().write(new byte[64 << 20]);
            } catch (IOException e) {
                // The close interrupts it.
            }
        });
        writing.start();
        Awaitility.await().until(() -> sockets.get(0).far().getInputStream().available() > 100_000);
        open.closeAll(Duration.ofMillis(100), factory(threads));
        assertThat(open.count()).isZero();
        writing.join();
        assertThat(endsInOrder(clients.get(0))).isFalse();
        assertThat(made).noneMatch(Thread::isAlive);
        assertThat(streams).noneMatch(SocketStream::isOpen);
    }

    @ParameterizedTest
    @EnumSource
    void failureOfOneEndLeavesNoOtherOpen(Threads threads) throws Exception {
        open(STREAMS, () -> {
            throw new AssertionError("for the test");
        });
        open.closeAll(LONG, factory(threads));
        assertThat(clients).allMatch(OpenStreamsTest::endsInOrder);
    }

    @Test
    void failureOfOneAbortLeavesNoOtherOpen() throws Exception {
        open(STREAMS, () -> {
            throw new AssertionError("for the test");
        });
        open.closeAll(Duration.ZERO, factory(Threads.NONE));
        assertThat(streams).noneMatch(SocketStream::isOpen);
        assertThat(clients).noneMatch(OpenStreamsTest::endsInOrder);
    }

    @ParameterizedTest
    @EnumSource
    void interruptEndsTheOrderlyClosingAndIsKept(Threads threads) throws Exception {
        open(STREAMS, () -> {});
        Thread.currentThread().interrupt();
        open.closeAll(LONG, factory(threads));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(open.count()).isZero();
        assertThat(streams).noneMatch(SocketStream::isOpen);
        assertThat(made).noneMatch(Thread::isAlive);
    }
}
