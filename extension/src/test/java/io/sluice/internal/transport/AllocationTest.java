package io.sluice.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.tls.EngineKind;
import io.sluice.internal.transport.TlsCase.Connection;
import io.sluice.testing.internal.SocketKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The memory that a record costs on the steady path, beyond what the engine allocates for it. */
@Isolated
class AllocationTest {
    private static final TlsCase ROW = new TlsCase(EngineKind.JDK, TlsCase.TLS_1_3, SocketKind.SOCKET);

    private static final int RECORDS = 2_000;
    private static final int SIZE = 8_192;

    /** So many that the code is compiled in the last ones, even if no other test has run in this JVM. */
    private static final int ROUNDS = 40;

    /** In bytes for each record. Less than an object: what remains is the test's own, and the JIT compiler's. */
    private static final long TOLERANCE = 12;

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private interface Transfer {
        void run() throws IOException;
    }

    /** Returns the bytes that this thread allocates for each record. */
    private static long perRecord(Transfer transfer) throws IOException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            transfer.run();
            least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / RECORDS);
        }
        return least;
    }

    @Test
    void writeAllocatesNothingBesideTheEngine() throws Exception {
        byte[] data = new byte[SIZE];
        try (Connection connection = ROW.connected(ROW.socket().pair(), TlsCase.LIMITS)) {
            Background<Long> sink = Background.run(
                    () -> connection.sockets().far().getInputStream().transferTo(OutputStream.nullOutputStream()));
            long ours = perRecord(() -> {
                for (int i = 0; i < RECORDS; i++) {
                    connection.ours().write(data, 0, SIZE);
                }
            });
            SSLEngine bare = connection.peer().engine();
            ByteBuffer source = ByteBuffer.wrap(data);
            ByteBuffer target = ByteBuffer.allocate(40_000);
            long engine = perRecord(() -> {
                for (int i = 0; i < RECORDS; i++) {
                    bare.wrap(source.clear(), target.clear());
                }
            });
            assertThat(ours - engine)
                    .as("%d, and the engine alone %d", ours, engine)
                    .isLessThanOrEqualTo(TOLERANCE);
            connection.ours().abort();
            assertThat(sink.get()).isPositive();
        }
    }

    @Test
    void readAllocatesNothingBesideTheEngine() throws Exception {
        byte[] data = new byte[SIZE];
        try (Connection connection = ROW.connected(ROW.socket().pair(), TlsCase.LIMITS)) {
            Background<Void> source = Background.start(() -> {
                for (int i = 0; i < ROUNDS * RECORDS; i++) {
                    connection.peer().sendData(data);
                }
            });
            byte[] target = new byte[SIZE];
            long ours = perRecord(() -> {
                for (int read = 0; read < RECORDS * SIZE; ) {
                    read += connection.ours().read(target, 0, Math.min(SIZE, RECORDS * SIZE - read));
                }
            });
            source.get();
            long engine = bareUnwrap(connection, data);
            assertThat(ours - engine)
                    .as("%d, and the engine alone %d", ours, engine)
                    .isLessThanOrEqualTo(TOLERANCE);
        }
    }

    private static long bareUnwrap(Connection connection, byte[] data) throws Exception {
        Background<Void> writing = Background.start(() -> {
            for (int i = 0; i < ROUNDS * RECORDS; i++) {
                connection.ours().write(data, 0, SIZE);
            }
        });
        InputStream in = connection.sockets().far().getInputStream();
        SSLEngine bare = connection.peer().engine();
        ByteBuffer record = ByteBuffer.allocate(20_000);
        ByteBuffer target = ByteBuffer.allocate(20_000);
        byte[] bytes = record.array();
        long engine = perRecord(() -> {
            for (int i = 0; i < RECORDS; i++) {
                in.readNBytes(bytes, 0, 5);
                int length = ((bytes[3] & 0xff) << 8) | (bytes[4] & 0xff);
                in.readNBytes(bytes, 5, length);
                bare.unwrap(record.clear().limit(5 + length), target.clear());
            }
        });
        writing.get();
        return engine;
    }
}
