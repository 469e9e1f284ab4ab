package io.sluice.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.tls.TransportException;
import io.sluice.internal.transport.TlsCase.Connection;
import io.sluice.testing.SocketPair;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The memory of a connection while a read waits: the engine, a few hundred bytes and a partial record, but no packet
 * buffers.
 */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
@Isolated
@Tag("long")
class IdleMemoryTest {
    private static final int PAIRS = 100;
    private static final int HALVES = 30;

    /** A packet buffer has 37 KiB, so that one held by mistake is noticed. */
    private static final long BYTES = 12 * 1024;

    private static final int LARGE = 16_000;

    /** A tolerance of a sixteenth, because a virtual thread that waits again may keep part of its stack twice. */
    private static final long BYTES_OF_A_HALF =
            LARGE / 2 + LARGE / 32 + (Runtime.version().feature() < 21 ? 3 : 8) * 1024;

    @ParameterizedTest
    @MethodSource("io.sluice.internal.transport.TlsCase#all")
    void idleConnectionHoldsNoPacketBuffers(TlsCase row) throws Exception {
        List<TlsTransport> kept = new ArrayList<>();
        List<SocketPair> sockets = new ArrayList<>();
        try {
            open(row, 10, kept, sockets);
            long before = used();
            open(row, PAIRS, kept, sockets);
            TimeUnit.MILLISECONDS.sleep(200);
            long each = (used() - before) / (2 * PAIRS);
            System.getLogger(IdleMemoryTest.class.getName())
                    .log(System.Logger.Level.INFO, row + ": " + each + " bytes a side");
            assertThat(each).as("bytes a side").isLessThan(BYTES);
        } finally {
            kept.forEach(TlsTransport::abort);
            for (SocketPair pair : sockets) {
                pair.close();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.sluice.internal.transport.TlsCase#all")
    void connectionWithHalfARecordHoldsWhatHasComeOfIt(TlsCase row) throws Exception {
        List<Connection> connections = new ArrayList<>();
        try {
            List<byte[]> records = new ArrayList<>();
            for (int i = 0; i < HALVES; i++) {
                Connection connection = row.connected(row.socket().pair(), TlsCase.LIMITS);
                connections.add(connection);
                records.add(connection.peer().records(new byte[LARGE]));
                await(connection.ours());
            }
            TimeUnit.MILLISECONDS.sleep(200);
            fill(BufferPool.HEAP);
            fill(BufferPool.DIRECT);
            long before = used();
            for (int i = 0; i < HALVES; i++) {
                sendHalf(connections.get(i), records.get(i));
            }
            TimeUnit.MILLISECONDS.sleep(200);
            long each = (used() - before) / HALVES;
            System.getLogger(IdleMemoryTest.class.getName())
                    .log(System.Logger.Level.INFO, row + ": " + each + " bytes more for half a record");
            assertThat(each).as("bytes more").isLessThan(BYTES_OF_A_HALF);
        } finally {
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    /** The buffers that the pool keeps after many connections have waited for a moment belong to no connection. */
    private static void fill(BufferPool pool) {
        List<ByteBuffer> lent = new ArrayList<>();
        for (int i = 0; i < BufferPool.SLOTS; i++) {
            lent.add(pool.take(pool.capacity()));
        }
        lent.forEach(pool::release);
    }

    private static void sendHalf(Connection connection, byte[] record) throws Exception {
        connection.peer().socket().getOutputStream().write(record, 0, record.length / 2);
        if (Runtime.version().feature() < 21) {
            connection.ours().readTimeout(Duration.ofMillis(50));
            Failures.of(() -> connection.ours().read(new byte[1], 0, 1));
        }
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> connection.sockets().near().getInputStream().available() == 0);
    }

    /** Both sides wait after a round trip, on virtual threads if the JDK has them. */
    private static void open(TlsCase row, int pairs, List<TlsTransport> kept, List<SocketPair> sockets)
            throws Exception {
        for (int i = 0; i < pairs; i++) {
            SocketPair pair = row.socket().pair();
            sockets.add(pair);
            TlsTransport server = row.server(pair.near());
            TlsTransport client = row.client(pair.far());
            kept.add(server);
            kept.add(client);
            Background<Void> echo = Background.start(() -> {
                byte[] b = TlsTransportTest.readNBytes(server, 1_000);
                server.write(b, 0, b.length);
            });
            client.write(new byte[1_000], 0, 1_000);
            TlsTransportTest.readNBytes(client, 1_000);
            echo.get();
            await(server);
            await(client);
        }
    }

    private static void await(TlsTransport transport) throws Exception {
        Runnable wait = () -> {
            try {
                transport.read(new byte[1], 0, 1);
            } catch (TransportException e) {
                // The test is over.
            }
        };
        if (Runtime.version().feature() >= 21) {
            Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
            start.invoke(null, wait);
        } else {
            transport.readTimeout(Duration.ofMillis(1));
            Failures.of(() -> transport.read(new byte[1], 0, 1));
        }
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(100);
        }
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return heap + direct;
    }
}
