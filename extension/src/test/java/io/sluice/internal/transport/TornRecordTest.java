package io.sluice.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.transport.TlsCase.Connection;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Records that arrive in pieces. Each piece is read before the next one is sent, so that the read waits with every amount of a
 * record, at times longer than it keeps a borrowed buffer.
 */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
@Execution(ExecutionMode.CONCURRENT)
class TornRecordTest {
    private static final int[] SIZES = {3, 400, 600, 2_000, 16_000};

    static Stream<Arguments> rows() {
        return TlsCase.all()
                .flatMap(row -> IntStream.of(200, 255, 513, 1_600, 9_000).mapToObj(piece -> Arguments.of(row, piece)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void recordsAreReadWholeHoweverTheyCome(TlsCase row, int piece) throws Exception {
        Random random = new Random(piece);
        try (Connection connection = row.connected(row.socket().pair(), TlsCase.LIMITS)) {
            for (int size : SIZES) {
                byte[] sent = new byte[3 * size];
                random.nextBytes(sent);
                Background<byte[]> read =
                        Background.run(() -> TlsTransportTest.readNBytes(connection.ours(), sent.length));
                ByteArrayOutputStream records = new ByteArrayOutputStream();
                for (int i = 0; i < 3; i++) {
                    records.write(connection.peer().records(Arrays.copyOfRange(sent, i * size, (i + 1) * size)));
                }
                inPieces(connection, records.toByteArray(), piece);
                assertThat(read.get()).isEqualTo(sent);
            }
        }
    }

    /** One piece may contain the end of a record and the beginning of the next one. */
    private static void inPieces(Connection connection, byte[] bytes, int piece) throws Exception {
        int pieces = 0;
        for (int sent = 0; sent < bytes.length; sent += piece) {
            connection.peer().socket().getOutputStream().write(bytes, sent, Math.min(piece, bytes.length - sent));
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> connection.sockets().near().getInputStream().available() == 0);
            if (++pieces % 16 == 0) {
                TimeUnit.MILLISECONDS.sleep(40);
            }
        }
    }
}
