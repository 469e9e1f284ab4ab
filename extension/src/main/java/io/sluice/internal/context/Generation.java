package io.sluice.internal.context;

import io.sluice.context.ContextSnapshot;
import io.sluice.internal.engine.SharedEngines;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The material of one successful load of a named context, and the connections that use it. Thread-safe.
 */
public final class Generation {

    private final ReloadableContext context;
    private final long number;
    private final ContextSnapshot snapshot;
    private final Instant loadedAt = Instant.now();
    private final List<ExpiryWatch.Item> validities;
    private int open;
    private boolean replaced;
    private boolean ended;
    private boolean closed;
    private boolean freed;

    Generation(ReloadableContext context, long number, ContextSnapshot snapshot) {
        this.context = context;
        this.number = number;
        this.snapshot = snapshot;
        this.validities = snapshot.material().map(ExpiryWatch::items).orElse(List.of());
    }

    /**
     * The context.
     *
     * @return the context that was loaded
     */
    public ReloadableContext context() {
        return context;
    }

    /**
     * The number of the load.
     *
     * @return 1 for the first
     */
    public long number() {
        return number;
    }

    /**
     * The material.
     *
     * @return what was loaded
     */
    public ContextSnapshot snapshot() {
        return snapshot;
    }

    /** What of the material ceases to be valid at some time. */
    List<ExpiryWatch.Item> validities() {
        return validities;
    }

    /** When the material was loaded. */
    Instant loadedAt() {
        return loadedAt;
    }

    /**
     * Adds a connection.
     *
     * @return removes the connection at its first run; empty if this generation has ended, so that a connection must use a newer
     *     one, or if the application has ended
     */
    public synchronized Optional<Runnable> hold() {
        if (ended || closed) {
            return Optional.empty();
        }
        open++;
        return Optional.of(new Runnable() {

            private boolean released;

            @Override
            public void run() {
                synchronized (Generation.this) {
                    if (released) {
                        return;
                    }
                    released = true;
                    open--;
                }
                freeIfUnused();
                endIfUnused();
            }
        });
    }

    /**
     * The connections that use this generation.
     *
     * @return their current number
     */
    public synchronized int connections() {
        return open;
    }

    /** Called when a newer generation is in use. */
    void replace() {
        synchronized (this) {
            replaced = true;
        }
        endIfUnused();
    }

    private void endIfUnused() {
        synchronized (this) {
            if (!replaced || ended || open > 0) {
                return;
            }
            ended = true;
        }
        freeIfUnused();
        context.ended(this);
    }

    /** The application has ended. Only engines outside the heap must not be made any more. */
    void close() {
        synchronized (this) {
            closed = snapshot.engines().isPresent();
        }
        freeIfUnused();
    }

    private void freeIfUnused() {
        synchronized (this) {
            if (freed || !(ended || closed) || open > 0) {
                return;
            }
            freed = true;
        }
        snapshot.engines().ifPresent(SharedEngines::close);
    }

    @Override
    public String toString() {
        return context + ", generation " + number;
    }
}
