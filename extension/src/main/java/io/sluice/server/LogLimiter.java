package io.sluice.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Logs a limited number of lines of each kind in a window, and counts the rest. The count is logged before the first line after the
 * window, or by a thread that {@link #summariseWhenDue waits for the window's end}. Thread-safe.
 */
final class LogLimiter {

    static final Duration WINDOW = Duration.ofSeconds(10);

    /** An application may generate classes of exceptions at run time. */
    private static final int MAX_KINDS = 100;

    private static final String OTHER_KINDS = "other failures";

    private static final class Window {
        private final String kind;
        private long start;
        private int logged;
        private long omitted;
        private Level level = Level.INFO;

        Window(String kind, long start) {
            this.kind = kind;
            this.start = start;
        }
    }

    private final Logger log;
    private final String server;
    private final int lines;
    private final Duration window;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ending = lock.newCondition();

    @GuardedBy("lock")
    private final Map<String, Window> windows = new HashMap<>();

    /** Whether lines may have been omitted. Each connection asks at its end. */
    private volatile boolean anyOmitted;

    @GuardedBy("lock")
    private boolean hasWaiter;

    @GuardedBy("lock")
    private boolean ended;

    LogLimiter(Logger log, String server, int lines, Duration window) {
        this.log = log;
        this.server = server;
        this.lines = lines;
        this.window = window;
    }

    /** Logs one line, or counts it. Never throws: if the log itself lacks descriptors or memory, the line counts as omitted. */
    void log(Level level, String kind, Supplier<String> line, @Nullable Throwable thrown) {
        List<Runnable> before = new ArrayList<>(1);
        if (!admits(level, kind, before)) {
            return;
        }
        try {
            before.forEach(Runnable::run);
            log.log(level, line.get(), thrown);
        } catch (RuntimeException | Error e) {
            undo(kind);
        }
    }

    private boolean admits(Level level, String kind, List<Runnable> before) {
        lock.lock();
        try {
            long now = System.nanoTime();
            Window known = windowOf(kind, now);
            if (known.logged > 0 && remaining(known, now) <= 0) {
                summarise(known, before);
            }
            known.level = level;
            if (known.logged >= lines) {
                omit(known);
                return false;
            }
            if (known.logged++ == 0) {
                known.start = now;
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private Window windowOf(String kind, long now) {
        Window known = windows.get(kind);
        if (known != null) {
            return known;
        }
        if (windows.size() >= MAX_KINDS) {
            windows.values().removeIf(other -> other.omitted == 0 && remaining(other, now) <= 0);
        }
        String named = windows.size() < MAX_KINDS ? kind : OTHER_KINDS;
        return windows.computeIfAbsent(named, any -> new Window(any, now));
    }

    private void undo(String kind) {
        lock.lock();
        try {
            Window known = windowOf(kind, System.nanoTime());
            known.logged = Math.max(0, known.logged - 1);
            omit(known);
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void omit(Window known) {
        known.omitted++;
        anyOmitted = true;
    }

    private long remaining(Window known, long now) {
        return known.start + window.toNanos() - now;
    }

    /** Ends a window. */
    private void summarise(Window known, List<Runnable> summaries) {
        if (known.omitted > 0) {
            Level level = known.level;
            String count = String.format(Locale.ROOT, "%,d", known.omitted);
            summaries.add(() -> log.log(level, "server '" + server + "': " + count + " more " + known.kind));
        }
        known.logged = 0;
        known.omitted = 0;
    }

    /**
     * Waits for the end of the windows in which lines were omitted, and logs how many. Returns immediately if none were omitted or another
     * thread is waiting. Returns early when the limiter ends or the thread is interrupted.
     */
    void summariseWhenDue() {
        if (!becomeWaiter()) {
            return;
        }
        boolean more = true;
        while (more) {
            List<Runnable> due = new ArrayList<>();
            more = awaitDue(due);
            logQuietly(due);
        }
    }

    private boolean becomeWaiter() {
        if (!anyOmitted) {
            return false;
        }
        lock.lock();
        try {
            boolean first = !hasWaiter && !ended && shortestRemaining().isPresent();
            hasWaiter |= first;
            return first;
        } finally {
            lock.unlock();
        }
    }

    /** Returns false if nothing is left to wait for. Another thread may then wait. */
    private boolean awaitDue(List<Runnable> due) {
        lock.lock();
        try {
            OptionalLong remaining = shortestRemaining();
            while (remaining.isPresent() && remaining.getAsLong() > 0 && !ended) {
                ending.awaitNanos(remaining.getAsLong());
                remaining = shortestRemaining();
            }
            summariseDue(due, ended ? Long.MAX_VALUE : 0);
            hasWaiter = !ended && shortestRemaining().isPresent();
            return hasWaiter;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            summariseDue(due, Long.MAX_VALUE);
            hasWaiter = false;
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** The time until the first window with omitted lines ends; empty if there is none. */
    @GuardedBy("lock")
    private OptionalLong shortestRemaining() {
        long now = System.nanoTime();
        OptionalLong shortest = windows.values().stream()
                .filter(known -> known.omitted > 0)
                .mapToLong(known -> remaining(known, now))
                .min();
        anyOmitted = shortest.isPresent();
        return shortest;
    }

    @GuardedBy("lock")
    private void summariseDue(List<Runnable> due, long maxRemaining) {
        long now = System.nanoTime();
        windows.values().forEach(known -> {
            if (known.omitted > 0 && remaining(known, now) <= maxRemaining) {
                summarise(known, due);
            }
        });
    }

    private void logQuietly(List<Runnable> summaries) {
        try {
            summaries.forEach(Runnable::run);
        } catch (RuntimeException | Error e) {
            // A failing log must not end the thread.
        }
    }

    /** Logs the remaining counts, and wakes the waiting thread. */
    void end() {
        List<Runnable> summaries = new ArrayList<>();
        lock.lock();
        try {
            ended = true;
            summariseDue(summaries, Long.MAX_VALUE);
            ending.signalAll();
        } finally {
            lock.unlock();
        }
        logQuietly(summaries);
    }
}
