package io.sluice.benchmarks;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/**
 * CPU time an operation, of the whole JVM: {@code -prof io.sluice.benchmarks.CpuProfiler}. On a machine that does other work
 * too, JMH's own figure counts the others in; this one does not.
 */
public final class CpuProfiler implements InternalProfiler {

    private long began;

    /** For JMH. */
    public CpuProfiler() {}

    @Override
    public String getDescription() {
        return "CPU time an operation";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        began = Clock.CPU.nanos();
    }

    @Override
    public Collection<ScalarResult> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double nanos = Clock.CPU.nanos() - began;
        long operations = result.getMetadata().getAllOps();
        return List.of(new ScalarResult("cpu", nanos / operations, "ns/op", AggregationPolicy.AVG));
    }
}
