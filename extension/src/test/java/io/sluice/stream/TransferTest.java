package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.transport.PlainTransport;
import io.sluice.internal.transport.RawSocket;
import io.sluice.testing.SocketPair;
import io.sluice.testing.internal.SocketKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A transfer passes on everything that arrives, and needs little memory. */
class TransferTest {

    private static StreamConnection connection(SocketPair pair) throws IOException {
        RawSocket raw = RawSocket.take(pair.near());
        return new StreamConnection(
                new PlainTransport(raw), new ConnectionLabel("no TLS", raw.remoteAddress()), Upgrades.none());
    }

    private static long transfer(SocketKind kind, byte[] sent, OutputStream to) throws Exception {
        try (SocketPair pair = kind.pair()) {
            StreamConnection stream = connection(pair);
            CompletableFuture<Void> peer = CompletableFuture.runAsync(() -> send(pair, sent));
            try {
                return stream.input().transferTo(to);
            } finally {
                stream.close();
                peer.get(10, TimeUnit.SECONDS);
            }
        }
    }

    private static void send(SocketPair pair, byte[] sent) {
        try {
            pair.far().getOutputStream().write(sent);
            pair.far().shutdownOutput();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 257, 2303, 2304, 2305, 16 * 1024, 17 * 1024, 1_000_003})
    void transferGivesEveryByteInItsPlace(int size) throws Exception {
        byte[] sent = new byte[size];
        new Random(size).nextBytes(sent);
        for (SocketKind kind : SocketKind.values()) {
            ByteArrayOutputStream got = new ByteArrayOutputStream();

            assertThat(transfer(kind, sent, got)).isEqualTo(size);
            assertThat(got.toByteArray()).isEqualTo(sent);
        }
    }

    @ParameterizedTest
    @EnumSource
    void transferOfLittleHoldsLittle(SocketKind kind) throws Exception {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] little = new byte[64];
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) { // The first rounds load classes.
            try (SocketPair pair = kind.pair()) {
                StreamConnection stream = connection(pair);
                send(pair, little);
                long before = threads.getCurrentThreadAllocatedBytes();
                stream.input().transferTo(OutputStream.nullOutputStream());
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
                stream.close();
            }
        }

        // Little more than the array it waits with; the JDK's own method takes 8 or 16 KiB.
        assertThat(least).isLessThan(1000);
    }
}
