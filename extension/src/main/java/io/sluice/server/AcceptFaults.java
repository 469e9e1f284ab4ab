package io.sluice.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What the accept thread does when the system has no descriptor, buffer or thread left, or a client went away in the backlog:
 * wait a little, longer each time, never so long that it would miss the relief by a second. Told in the log at a limited rate.
 */
final class AcceptFaults {

    private static final Logger LOG = System.getLogger(AcceptFaults.class.getName());
    private static final long FIRST_PAUSE_MS = 5;
    private static final long LONGEST_PAUSE_MS = 320;
    private static final long QUIET_NANOS = Duration.ofSeconds(10).toNanos();

    private final String server;
    private long pauseMillis = FIRST_PAUSE_MS;
    private long lastTold = System.nanoTime() - QUIET_NANOS;
    private int untold;

    AcceptFaults(String server) {
        this.server = server;
    }

    void over() {
        pauseMillis = FIRST_PAUSE_MS;
    }

    void pauseAfter(Throwable fault) throws InterruptedException {
        tell(fault);
        TimeUnit.MILLISECONDS.sleep(pauseMillis);
        pauseMillis = Math.min(LONGEST_PAUSE_MS, pauseMillis * 2);
    }

    private void tell(Throwable fault) {
        long now = System.nanoTime();
        if (now - lastTold < QUIET_NANOS) {
            untold++;
            return;
        }
        if (told(fault)) {
            lastTold = now;
            untold = 0;
        } else {
            untold++;
        }
    }

    /** False where even the log lacks descriptors or memory, whatever it throws then: the next one is told instead. */
    private boolean told(Throwable fault) {
        try {
            LOG.log(
                    Level.WARNING,
                    "server \"" + server + "\" cannot take connections (" + fault + "); it goes on trying"
                            + (untold == 0 ? "" : ". So it was " + untold + " times since this was last told")
                            + ". Where descriptors or threads are short, raise the process's limits or set"
                            + " max-connections");
            return true;
        } catch (RuntimeException | Error e) {
            return false;
        }
    }
}
