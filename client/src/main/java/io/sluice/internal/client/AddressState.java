package io.sluice.internal.client;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.internal.config.ClientSettings.Backoff;
import io.sluice.stream.SocketStreamException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** One address of a client, with its failures in a row. After a failure it is left alone for a time. Thread-safe. */
final class AddressState {

    private final InetSocketAddress address;
    private final int position;
    private final Backoff backoff;

    @GuardedBy("this")
    private int failures;

    @GuardedBy("this")
    private long retryAt;

    @GuardedBy("this")
    private long failedAt;

    @GuardedBy("this")
    private boolean retrying;

    @GuardedBy("this")
    private @Nullable SocketStreamException last;

    AddressState(InetSocketAddress address, int position, Backoff backoff) {
        this.address = address;
        this.position = position;
        this.backoff = backoff;
    }

    InetSocketAddress address() {
        return address;
    }

    int position() {
        return position;
    }

    synchronized boolean hasFailed() {
        return failures > 0;
    }

    synchronized int failures() {
        return failures;
    }

    synchronized Optional<SocketStreamException> lastFailure() {
        return Optional.ofNullable(last);
    }

    /** Begins an attempt. False if the address is left alone, or if another thread is just trying it again. */
    synchronized boolean begin() {
        if (failures == 0) {
            return true;
        }
        if (retrying || System.nanoTime() - retryAt < 0) {
            return false;
        }
        retrying = true;
        return true;
    }

    synchronized void succeeded() {
        retrying = false;
        failures = 0;
        last = null;
    }

    /** An attempt has ended without an answer about the address. */
    synchronized void abandoned() {
        retrying = false;
    }

    /** Attempts at the same time fail together, so those that began before the last failure do not count again. */
    synchronized void failed(SocketStreamException condition, long began) {
        retrying = false;
        last = condition;
        if (failures > 0 && began - failedAt < 0) {
            return;
        }
        failures++;
        failedAt = System.nanoTime();
        retryAt = failedAt + pause(backoff, failures).toNanos();
    }

    /** The time after a number of failures: between half and all of what has doubled each time. */
    static Duration pause(Backoff backoff, int failures) {
        long most = backoff.most().toNanos();
        long first = backoff.first().toNanos();
        int doublings = Math.min(failures - 1, Long.numberOfLeadingZeros(first) - 1);
        long full = Math.min(first << doublings, most);
        return Duration.ofNanos(full - ThreadLocalRandom.current().nextLong(full / 2 + 1));
    }

    /** The address in the words of a message, with what is known of its failure. */
    synchronized String words() {
        String text = text(address);
        if (last == null) {
            return text + " (being tried)";
        }
        long wait = Duration.ofNanos(Math.max(0, retryAt - System.nanoTime())).toMillis();
        return text + " (failures in a row: " + failures + ", next attempt "
                + (retrying ? "under way" : "in " + wait + " ms at the earliest") + "): " + last.kind() + ": "
                + last.getMessage();
    }

    static String text(InetSocketAddress address) {
        String host = address.getHostString();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
