package io.sluice.benchmarks;

import io.sluice.context.ContextSnapshot;
import io.sluice.context.SslContextException;
import io.sluice.internal.config.SluiceConfiguration;
import io.sluice.internal.context.LoadAttempt;
import io.sluice.internal.context.handshake.ContextCallbacks;
import io.sluice.internal.settings.ContextName;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long a configured context takes from its settings to a usable SSLContext, by the kind of its key store. Single shots
 * in fresh JVMs ({@code -bm ss -wi 0 -i 1 -f 10}) show the first load, averages the later ones.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ContextLoadBenchmark {

    /** The kind of key store and of key. */
    @Param
    public KeyStoreKind kind = KeyStoreKind.PEM_EC;

    private static final ContextName NAME = new ContextName("web");

    private Path directory;
    private SluiceConfiguration configuration;

    /** Makes a key store of the kind in a directory of its own. */
    @Setup
    public void makeStore() throws IOException, GeneralSecurityException {
        directory = TemporaryFiles.directory();
        configuration = SluiceConfiguration.of(WeldApplication.configuration(kind.properties(directory, "web")));
    }

    /** Removes it. */
    @TearDown
    public void removeStore() throws IOException {
        TemporaryFiles.delete(directory);
    }

    /** Settings read, material read and checked, context made. A reload of the same source would use its context again. */
    @Benchmark
    public ContextSnapshot load() throws SslContextException {
        return configuration
                .source(NAME, configuration.read(NAME), UnaryOperator.identity(), ContextCallbacks.NONE)
                .load(new LoadAttempt());
    }
}
