package io.sluice.stream;

import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.transport.Deadline;
import io.sluice.internal.transport.Transport;
import java.time.Duration;
import java.util.Objects;

/**
 * The transport of a connection, which is replaced when TLS is attached or detached. A call on a transport that is just being replaced has no
 * effect, and the caller repeats it on the next transport. Thread-safe.
 */
final class ReplaceableTransport {

    private volatile Transport current;
    private volatile Duration readTimeout;
    private volatile Duration writeTimeout;
    private volatile Deadline readDeadline = Deadline.NEVER;

    ReplaceableTransport(Transport first, Duration readTimeout, Duration writeTimeout) {
        this.current = first;
        this.readTimeout = readTimeout;
        this.writeTimeout = writeTimeout;
        first.readTimeout(readTimeout);
        first.writeTimeout(writeTimeout);
    }

    Transport get() {
        return current;
    }

    /** A timeout that is set meanwhile must reach the new transport. */
    synchronized void replaceWith(Transport next) {
        next.readTimeout(readTimeout);
        next.readDeadline(readDeadline);
        next.writeTimeout(writeTimeout);
        current = next;
    }

    /** Throws a failure of a transport, unless the transport has been replaced and the call must be repeated on the next one. */
    void requireReplaced(Transport used, TransportException failure) throws TransportException {
        if (used == current || failure.reason() != Reason.CLOSED) {
            throw failure;
        }
    }

    Duration readTimeout() {
        return readTimeout;
    }

    void readTimeout(Duration limit) {
        notNegative(limit, "readTimeout");
        synchronized (this) {
            readTimeout = limit;
            current.readTimeout(limit);
        }
    }

    Duration writeTimeout() {
        return writeTimeout;
    }

    void writeTimeout(Duration limit) {
        notNegative(limit, "writeTimeout");
        synchronized (this) {
            writeTimeout = limit;
            current.writeTimeout(limit);
        }
    }

    Deadline readDeadline() {
        return readDeadline;
    }

    void readDeadline(Duration limit) {
        Deadline deadline = Deadline.after(notNegative(limit, "readDeadline"));
        synchronized (this) {
            readDeadline = deadline;
            current.readDeadline(deadline);
        }
    }

    private static Duration notNegative(Duration limit, String name) {
        if (Objects.requireNonNull(limit, name).isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + limit);
        }
        return limit;
    }
}
