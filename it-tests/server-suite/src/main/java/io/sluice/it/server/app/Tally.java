package io.sluice.it.server.app;

import io.sluice.server.ConnectionScoped;
import jakarta.annotation.PreDestroy;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts for a connection. */
@ConnectionScoped
public class Tally {

    static final AtomicInteger ENDED = new AtomicInteger();

    private int count;

    int next() {
        return ++count;
    }

    @PreDestroy
    void end() {
        ENDED.incrementAndGet();
    }
}
