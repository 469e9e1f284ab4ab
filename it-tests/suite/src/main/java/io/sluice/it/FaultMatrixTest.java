package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.Application;
import io.sluice.it.support.Contexts;
import io.sluice.it.support.CountedPair;
import io.sluice.it.support.ErrorpSource;
import io.sluice.it.support.FaultMatrix;
import io.sluice.it.support.FaultRow;
import io.sluice.it.support.FaultRows;
import io.sluice.it.support.FaultyStreams;
import io.sluice.it.support.Feature;
import io.sluice.it.support.Misbehaviour;
import io.sluice.it.support.Protocol;
import io.sluice.testing.internal.SocketKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A fault at each step of a creation: its outcome, and that the socket is closed and everything that was created has ended. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Feature("outcomes")
class FaultMatrixTest {

    private static final int FAILURES = 5_000;

    private record Mixed(FaultRow row, Protocol way) {}

    @AutoClose
    private final Application application = Application.configured()
            .beans(Contexts.class)
            .beans(FaultyStreams.BEANS)
            .beans(Misbehaviour.BEANS)
            .start();

    private final FaultMatrix matrix = new FaultMatrix(application.get(Contexts.class));

    @ParameterizedTest
    @MethodSource("io.sluice.it.support.FaultMatrix#cases")
    void createAfterFaultClosesSocketOnceAndEndsWhatWasMade(FaultMatrix.Case tried) throws Exception {
        matrix.check(tried);
    }

    @Test
    @Tag("long")
    @Timeout(value = 5, unit = TimeUnit.MINUTES) // Thousands of handshakes, beside other work.
    void createFailing5000TimesLeavesNoDescriptorOpen() throws Exception {
        Path descriptors = Path.of("/proc/self/fd");
        Assumptions.assumeTrue(Files.isDirectory(descriptors), "there is no /proc/self/fd here to count in");
        List<Mixed> mix = FaultRows.all().stream()
                .filter(row -> !row.slow)
                .flatMap(row -> row.ways.stream().map(way -> new Mixed(row, way)))
                .toList();
        fail(mix, mix.size()); // Opens what is opened only once, such as jars.
        long before = count(descriptors);
        fail(mix, FAILURES);
        Awaitility.await().untilAsserted(() -> assertThat(count(descriptors)).isLessThanOrEqualTo(before));
    }

    private void fail(List<Mixed> mix, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            Mixed mixed = mix.get(i % mix.size());
            SocketKind kind = SocketKind.values()[i / mix.size() % 2];
            try (CountedPair pair = CountedPair.of(kind)) {
                matrix.fail(mixed.row(), mixed.way(), ErrorpSource.values()[i % 4], pair);
                pair.assertClosedOnce();
            }
        }
    }

    private static long count(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.count();
        }
    }
}
