package io.sluice.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a logger and those beneath it log from now on, until this is closed. Other tests may log meanwhile. */
public final class HeardLog implements AutoCloseable {

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final Handler collector;

    private HeardLog(Logger logger, Predicate<LogRecord> heard) {
        this.logger = logger;
        this.collector = new Handler() {
            @Override
            public void publish(LogRecord record) {
                if (heard.test(record)) {
                    records.add(record);
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    /** Of all that is logged, what is to be heard. */
    public static HeardLog of(String logger, Predicate<LogRecord> heard) {
        HeardLog log = new HeardLog(Logger.getLogger(logger), heard);
        log.logger.addHandler(log.collector);
        return log;
    }

    /** So far. */
    public List<LogRecord> records() {
        return records;
    }

    @Override
    public void close() {
        logger.removeHandler(collector);
    }
}
