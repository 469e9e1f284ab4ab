package io.sluice.examples.records;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The records, in memory. */
@ApplicationScoped
public class Records {

    private static final int MAX_RECORDS = 10_000;

    private final Map<String, String> records = new ConcurrentHashMap<>();

    /** {@return the record of a key} */
    @RequiresRight(Right.READ)
    public Optional<String> get(String key) {
        return Optional.ofNullable(records.get(key));
    }

    /** Sets the record of a key, and returns false if there is no room for another record. */
    @RequiresRight(Right.WRITE)
    public synchronized boolean put(String key, String value) {
        if (records.size() >= MAX_RECORDS) {
            return records.replace(key, value) != null;
        }
        records.put(key, value);
        return true;
    }

    /** Deletes the record of a key, and returns false if there is none. */
    @RequiresRight(Right.WRITE)
    public boolean delete(String key) {
        return records.remove(key) != null;
    }
}
