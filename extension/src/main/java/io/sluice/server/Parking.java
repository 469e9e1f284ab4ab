package io.sluice.server;

import io.sluice.internal.transport.Deadline;
import io.sluice.internal.transport.Readiness;
import io.sluice.internal.transport.ReadinessLoop;
import io.sluice.internal.transport.ReadinessLoop.Alarm;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection waits without a thread, and the deadline of the wait. A parked connection belongs to nobody: the loop gives it to its
 * listener when it is ready or too late, and {@link #take} takes it. The alarm belongs to the loop's thread; only it looks at it.
 */
final class Parking {

    private static final long NEVER = 0;

    private final Readiness readiness;
    private final ReadinessLoop loop;
    private final Readiness.Listener listener;
    private final Runnable tooLate;
    /** As in {@link System#nanoTime}. Most waits end before, so an alarm that rings looks at it again. */
    private volatile long deadline = NEVER;

    private volatile long alarmAt = NEVER;
    private @Nullable Alarm alarm;
    private boolean ended;

    /**
     * A connection that is not parked.
     *
     * @param readiness of its channel
     * @param loop the loop of the channel
     * @param listener owns the connection when it is ready
     * @param tooLate run on the loop's thread if the deadline passes; it owns the connection then
     */
    Parking(Readiness readiness, ReadinessLoop loop, Readiness.Listener listener, Runnable tooLate) {
        this.readiness = readiness;
        this.loop = loop;
        this.listener = listener;
        this.tooLate = tooLate;
    }

    /** Sets the deadline of the waits from now on; zero means none. */
    void deadline(Duration limit) {
        long at = System.nanoTime() + Deadline.nanos(limit);
        deadline = limit.isZero() ? NEVER : at == NEVER ? 1 : at;
    }

    /**
     * Parks until bytes arrive.
     *
     * @param wait whether to park even if bytes have arrived
     * @return false if bytes have arrived: the caller still owns the connection, and reads them
     */
    boolean untilReadable(boolean wait) {
        requestAlarm();
        return readiness.park(listener, wait);
    }

    /** Parks until the channel can be written. */
    void untilWritable() {
        requestAlarm();
        readiness.awaitWritableWithoutThread(listener);
    }

    /** Takes the connection. Returns false if it is not parked: somebody else owns it. */
    boolean take() {
        return readiness.unpark();
    }

    private void requestAlarm() {
        long due = deadline;
        long known = alarmAt;
        if (due != NEVER && (known == NEVER || due - known < 0)) {
            loop.execute(this::setAlarm);
        }
    }

    private void setAlarm() {
        long due = deadline;
        if (!ended && due != NEVER && (alarm == null || due - alarmAt < 0)) {
            cancelAlarm();
            alarmAt = due;
            alarm = loop.schedule(due, this::ring);
        }
    }

    private void cancelAlarm() {
        if (alarm != null) {
            loop.cancel(alarm);
            alarm = null;
            alarmAt = NEVER;
        }
    }

    private boolean isLate() {
        long due = deadline;
        return due != NEVER && due - System.nanoTime() <= 0;
    }

    private void ring() {
        alarm = null;
        alarmAt = NEVER;
        if (isLate() && take()) {
            tooLate.run();
        } else {
            setAlarm();
        }
    }

    /** The connection ends, and is not parked any more. */
    void end() {
        deadline = NEVER;
        loop.execute(() -> {
            ended = true;
            cancelAlarm();
        });
    }
}
