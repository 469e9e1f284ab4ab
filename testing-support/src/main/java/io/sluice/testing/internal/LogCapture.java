package io.sluice.testing.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Collects the records of a logger and of its children until it is closed. Since other tests may log at the same time, a
 * filter selects the records.
 */
public final class LogCapture implements AutoCloseable {

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final Handler collector;

    private LogCapture(Logger logger, Predicate<LogRecord> filter) {
        this.logger = logger;
        this.collector = new Handler() {
            @Override
            public void publish(LogRecord record) {
                if (filter.test(record)) {
                    records.add(record);
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    /** Starts to collect the records that match a filter. */
    public static LogCapture of(String logger, Predicate<LogRecord> filter) {
        LogCapture log = new LogCapture(Logger.getLogger(logger), filter);
        log.logger.addHandler(log.collector);
        return log;
    }

    /** Returns the records so far. */
    public List<LogRecord> records() {
        return records;
    }

    @Override
    public void close() {
        logger.removeHandler(collector);
    }
}
