package io.sluice.internal.metrics;

import io.sluice.context.SslContexts;

/** Records the reloads of contexts. */
final class ReloadFigures {

    private final MetricSink sink;

    /** Records reloads, from zero. */
    ReloadFigures(MetricSink sink, SslContexts contexts) {
        this.sink = sink;
        ContextReadings.names(contexts).forEach(context -> {
            add(context, "done", 0);
            add(context, "failed", 0);
        });
    }

    /** A context uses new material. */
    void done(String context) {
        add(context, "done", 1);
    }

    /** New material of a context cannot be used. */
    void failed(String context) {
        add(context, "failed", 1);
    }

    private void add(String context, String outcome, long amount) {
        sink.add(Metric.CONTEXT_RELOADS, Labels.of(context, outcome), amount);
    }
}
