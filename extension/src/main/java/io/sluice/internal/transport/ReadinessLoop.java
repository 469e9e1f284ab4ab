package io.sluice.internal.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the channels of many connections, and for their deadlines, on one thread. What it calls must not wait. The methods are
 * thread-safe, except where they say otherwise.
 */
public final class ReadinessLoop {

    private static final Logger LOG = System.getLogger(ReadinessLoop.class.getName());

    /** Something that is due at a point in time, as in {@link System#nanoTime}. */
    public static final class Alarm {

        private final long at;
        private final long number;
        private final Runnable task;

        private Alarm(long at, long number, Runnable task) {
            this.at = at;
            this.number = number;
            this.task = task;
        }

        /** The values of the clock may overflow. */
        private static int compare(Alarm one, Alarm other) {
            long difference = one.at - other.at;
            return Long.compare(difference == 0 ? one.number - other.number : difference, 0);
        }
    }

    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    /** Used by the loop's thread only. */
    private final NavigableSet<Alarm> alarms = new TreeSet<>(Alarm::compare);

    private long alarmCount;
    /** Whether the thread will look at tasks and channels before it waits again. */
    private final AtomicBoolean awake = new AtomicBoolean(true);

    private volatile Runnable afterRound = () -> {};
    private final Consumer<SelectionKey> onReady = ReadinessLoop::ready;
    private volatile boolean ended;
    private volatile @Nullable Thread thread;

    /**
     * Opens a loop, which a thread must {@link #run}, and {@link #end} ends.
     *
     * @throws IOException if the system has no more descriptors
     */
    public ReadinessLoop() throws IOException {
        this.selector = Selector.open();
    }

    /**
     * Makes a channel non-blocking for the rest of its life, and waits for it from now on.
     *
     * @param socket the accepted socket, which its owner still closes
     * @return where its connection parks
     * @throws IOException if it is closed
     */
    public Readiness register(AcceptedChannel socket) throws IOException {
        SocketChannel channel = socket.getChannel();
        channel.configureBlocking(false);
        SelectionKey key;
        try {
            key = channel.register(selector, 0);
        } catch (ClosedSelectorException e) {
            throw new IOException("the server has ended", e);
        }
        Readiness readiness = new Readiness(this, channel, key);
        key.attach(readiness);
        socket.waitsWith(readiness);
        key.interestOps(SelectionKey.OP_READ);
        wake();
        return readiness;
    }

    /**
     * Sets what is done after each look at all channels and alarms. Called before {@link #run}.
     *
     * @param task run on the loop's thread, so it must not wait
     */
    public void afterEachRound(Runnable task) {
        afterRound = task;
    }

    /**
     * Runs a task on the loop's thread. After the end of the loop, the caller runs it.
     *
     * @param task the task, which must not wait
     */
    public void execute(Runnable task) {
        tasks.add(task);
        if (ended) {
            runTasks();
        } else {
            wake();
        }
    }

    /**
     * Runs a task at a point in time. Called on the loop's thread.
     *
     * @param at the time, as in {@link System#nanoTime}
     * @param task the task, which must not wait
     * @return the alarm, which can be cancelled
     */
    public Alarm schedule(long at, Runnable task) {
        Alarm alarm = new Alarm(at, alarmCount++, task);
        alarms.add(alarm);
        return alarm;
    }

    /**
     * Forgets an alarm. Called on the loop's thread.
     *
     * @param alarm the alarm, which may have passed
     */
    public void cancel(Alarm alarm) {
        alarms.remove(alarm);
    }

    /**
     * Tests whether the caller is the loop's thread.
     *
     * @return true if it is
     */
    public boolean isOwnThread() {
        return Thread.currentThread() == thread;
    }

    void requireOther() {
        if (isOwnThread()) {
            throw new IllegalStateException("the thread that waits for all connections must not wait for one");
        }
    }

    void wake() {
        if (!isOwnThread() && awake.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    /** Waits for channels until {@link #end} is called. An interrupt does not end it. */
    public void run() {
        thread = Thread.currentThread();
        try {
            while (!ended) {
                step();
            }
        } finally {
            ended = true;
            close();
            thread = null;
        }
        runTasks();
        afterRound.run();
    }

    private void step() {
        try {
            awake.set(false);
            if (tasks.isEmpty()) {
                long wait = untilNextAlarm();
                if (wait < 0) {
                    selector.select(onReady);
                } else if (wait == 0) {
                    selector.selectNow(onReady);
                } else {
                    selector.select(onReady, wait);
                }
            } else {
                selector.selectNow(onReady);
            }
            awake.set(true);
            runTasks();
            runAlarms();
            afterRound.run();
            Thread.interrupted(); // It would make each further wait return at once.
        } catch (IOException e) {
            throw new UncheckedIOException("cannot wait for channels", e);
        }
    }

    /** In milliseconds, rounded up; 0 if an alarm is due, -1 if there is none. */
    private long untilNextAlarm() {
        if (alarms.isEmpty()) {
            return -1;
        }
        long left = alarms.first().at - System.nanoTime();
        return left <= 0 ? 0 : (left + 999_999) / 1_000_000;
    }

    private void runAlarms() {
        while (!alarms.isEmpty() && alarms.first().at - System.nanoTime() <= 0) {
            run(alarms.pollFirst().task);
        }
    }

    private void runTasks() {
        for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
            run(next);
        }
    }

    private static void ready(SelectionKey key) {
        try {
            if (key.attachment() instanceof Readiness readiness) {
                readiness.ready();
            }
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    /** A failure of one connection must not end the wait for all others. */
    private static void failed(Throwable e) {
        LOG.log(Level.WARNING, "a step of a connection failed", e);
    }

    /** Closes a loop that no thread runs. */
    public void close() {
        try {
            selector.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the selector cannot be closed", e);
        }
    }

    /** Ends the loop. Its channels are not closed. */
    public void end() {
        ended = true;
        awake.set(true);
        selector.wakeup();
    }
}
