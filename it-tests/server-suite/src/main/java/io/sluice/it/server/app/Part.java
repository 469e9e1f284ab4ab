package io.sluice.it.server.app;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.Dependent;
import java.util.concurrent.atomic.AtomicInteger;

/** Belongs to a stream, and ends with it. */
@Dependent
public class Part {

    static final AtomicInteger ENDED = new AtomicInteger();

    @PreDestroy
    void end() {
        ENDED.incrementAndGet();
    }
}
