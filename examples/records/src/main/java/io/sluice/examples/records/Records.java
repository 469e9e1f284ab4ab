package io.sluice.examples.records;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The records, in memory. */
@ApplicationScoped
public class Records {

    private static final int MOST = 10_000;

    private final Map<String, String> records = new ConcurrentHashMap<>();

    /** The record of a key. */
    @Needs(Right.READ)
    public Optional<String> get(String key) {
        return Optional.ofNullable(records.get(key));
    }

    /** Sets the record of a key; false where there are as many as there may be. */
    @Needs(Right.WRITE)
    public synchronized boolean put(String key, String value) {
        if (records.size() >= MOST) {
            return records.replace(key, value) != null;
        }
        records.put(key, value);
        return true;
    }

    /** Takes out the record of a key; false where there is none. */
    @Needs(Right.WRITE)
    public boolean delete(String key) {
        return records.remove(key) != null;
    }
}
