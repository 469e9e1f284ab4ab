package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.FaultRow.Outcome;
import io.sluice.testing.SocketKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A fault at each step of a creation: what comes out, and that the socket is closed and all that was made is ended. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultMatrixTest {

    private static final int FAILURES = 5_000;

    private Application application;

    @BeforeAll
    void start() {
        application = Application.configured()
                .beans(Contexts.class)
                .beans(FaultyStreams.BEANS)
                .beans(Meddling.BEANS)
                .start();
    }

    @AfterAll
    void stop() {
        application.close();
    }

    static Stream<Arguments> rows() {
        return FaultRows.all().stream().flatMap(row -> row.ways.stream().map(way -> Arguments.of(row, way)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("rows")
    void createAfterFaultClosesSocketOnceAndEndsWhatWasMade(FaultRow row, Way way) throws Exception {
        for (SocketKind kind : SocketKind.values()) {
            for (ErrorpWay errorp : ErrorpWay.values()) {
                try (CountedPair pair = CountedPair.of(kind)) {
                    Ledger.clear();
                    Outcome outcome = fail(row, way, errorp, pair);
                    row.expectation.check(outcome, errorp.thrown);
                    pair.assertClosedOnce();
                    Ledger.assertBalanced();
                }
            }
        }
    }

    @Test
    @Tag("long")
    @Timeout(value = 5, unit = TimeUnit.MINUTES) // Thousands of handshakes, and other work beside them.
    void createFailing5000TimesLeavesNoDescriptorOpen() throws Exception {
        Path descriptors = Path.of("/proc/self/fd");
        Assumptions.assumeTrue(Files.isDirectory(descriptors), "there is no /proc/self/fd here to count in");
        List<Arguments> mix =
                rows().filter(row -> !((FaultRow) row.get()[0]).slow).toList();
        fail(mix, mix.size()); // Whatever is opened once, jars for instance, is open now.
        long before = count(descriptors);
        fail(mix, FAILURES);
        Awaitility.await().untilAsserted(() -> assertThat(count(descriptors)).isLessThanOrEqualTo(before));
    }

    private void fail(List<Arguments> mix, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            Object[] row = mix.get(i % mix.size()).get();
            SocketKind kind = SocketKind.values()[i / mix.size() % 2];
            try (CountedPair pair = CountedPair.of(kind)) {
                fail((FaultRow) row[0], (Way) row[1], ErrorpWay.values()[i % 4], pair);
                pair.assertClosedOnce();
            }
        }
    }

    private static long count(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.count();
        }
    }

    private Outcome fail(FaultRow row, Way way, ErrorpWay errorp, CountedPair pair) throws Exception {
        row.preparation.prepare(pair.near());
        pair.countFromHere();
        CompletableFuture<Void> peer = row.peer.start(pair.far(), way);
        Fault.planned = row.fault;
        Meddling.interceptor = row.interceptor;
        Meddling.decorator = row.decorator;
        try {
            return create(row, way, errorp, pair);
        } finally {
            Fault.planned = null;
            Meddling.interceptor = Meddling.NONE;
            Meddling.decorator = Meddling.NONE;
            pair.far().close();
            peer.get(5, TimeUnit.SECONDS);
        }
    }

    private Outcome create(FaultRow row, Way way, ErrorpWay errorp, CountedPair pair) {
        var initargs = row.initargs.apply(way);
        try {
            return new Outcome(
                    application
                            .get(Contexts.class)
                            .creator(way, errorp.annotated)
                            .create(pair.near(), row.streamClass, initargs == null ? null : errorp.added(initargs)),
                    null);
        } catch (Throwable t) {
            return new Outcome(null, t);
        }
    }
}
