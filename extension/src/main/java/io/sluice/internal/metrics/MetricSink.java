package io.sluice.internal.metrics;

/** Takes what is recorded as it happens, and reports what can be read. Thread-safe. */
public interface MetricSink extends AutoCloseable {

    /**
     * Adds to a counter.
     *
     * @param metric a counter
     * @param labels the values of its attributes
     * @param amount what to add; 0 makes the counter known
     */
    void add(Metric metric, Labels labels, long amount);

    /**
     * Adds a value to a distribution.
     *
     * @param metric a histogram of seconds
     * @param labels the values of its attributes
     * @param nanos a duration
     */
    void record(Metric metric, Labels labels, long nanos);

    /** There may be something new to read, such as a server that has started. */
    void refresh();

    /** Reports nothing any more, and leaves nothing behind. */
    @Override
    void close();
}
