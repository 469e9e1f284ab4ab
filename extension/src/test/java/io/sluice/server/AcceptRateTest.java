package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.sluice.event.ConnectionRefused.Limit;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptRateTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** A hundred connections come in each millisecond of ten seconds, after a quiet hour. */
    @ParameterizedTest
    @CsvSource({"1, 0, 1, 11", "1, 5, 5, 15", "50, 0, 50, 550", "50, 1, 1, 501", "1000, 10, 10, 10010"})
    void floodGetsTheBurstAndThenTheRate(int perSecond, int burst, long atOnce, long inTenSeconds) {
        long start = Long.MAX_VALUE - SECOND; // The clock may overflow.
        AcceptRate rate = new AcceptRate(perSecond, burst, start);
        long hour = start + 3_600 * SECOND;

        assertThat(permitted(rate, hour, 2_000)).isEqualTo(atOnce);
        long later = LongStream.rangeClosed(1, 10_000)
                .map(millis -> permitted(rate, hour + millis * SECOND / 1_000, 100))
                .sum();

        assertThat(atOnce + later).isBetween(inTenSeconds - 1, inTenSeconds);
    }

    @Test
    void zeroIsNoLimit() {
        assertThat(permitted(new AcceptRate(0, 0, 0), 0, 10_000)).isEqualTo(10_000);
        assertThat(permitted(new AcceptRate(0, 1, 0), 0, 10_000)).isEqualTo(10_000);
    }

    private static long permitted(AcceptRate rate, long now, int tries) {
        return LongStream.range(0, tries).filter(i -> rate.permits(now)).count();
    }

    @Test
    void floodIsResetAndCountedAndServerGoesOn() throws Exception {
        ServerSettings settings = ServerSettings.named("rated")
                .maxConnections(1, WhenFull.WAIT)
                .acceptRate(1, 3)
                .build();
        long start = System.nanoTime();
        try (SocketServer server = AcceptingServer.start(
                settings, connection -> connection.socket().getOutputStream().write(1), failed -> {})) {
            int served = 0;
            for (int i = 0; i < 50; i++) {
                served += isServed(server) ? 1 : 0;
            }
            long seconds = (System.nanoTime() - start) / SECOND;
            ServerCounts counts = server.counts();

            assertThat(served).isBetween(3, (int) seconds + 4);
            assertThat(counts.accepted()).isEqualTo(50);
            assertThat(counts.refusals())
                    .containsOnlyKeys(Limit.ACCEPT_RATE)
                    .containsEntry(Limit.ACCEPT_RATE, 50L - served);
            await().atMost(Duration.ofSeconds(20)).until(() -> isServed(server));
        }
    }

    /** The server ends the connection in any case: with a byte, or with a reset. */
    private static boolean isServed(SocketServer server) throws IOException {
        try (Socket client =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            client.setSoTimeout(20_000);
            return client.getInputStream().read() == 1;
        } catch (SocketException e) {
            return false;
        }
    }

    @Test
    void negativeNumbersAreNoSettings() {
        ServerSettings.Builder settings = ServerSettings.named("rated");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.acceptRate(-1, 0))
                .withMessage("accept-rate must be at least 0, but is -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.acceptRate(1, -1))
                .withMessage("accept-burst must be at least 0, but is -1");
    }
}
