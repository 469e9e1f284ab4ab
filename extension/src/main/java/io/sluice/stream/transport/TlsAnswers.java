package io.sluice.stream.transport;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the engine owes the peer beside the application's data, such as the answer to a KeyUpdate (RFC 8446, 4.6.3). The reader finds
 * it, and a writer writes it: the reader itself, if no writer is at work.
 */
final class TlsAnswers implements TlsReader.Answers {
    /** A close may wait for nobody; an answer must have the time that a healthy write takes. */
    private static final long LEAST_NANOS = 1_000_000_000;

    private final TlsWriter writer;
    private final ReentrantLock writing;
    private final long nanos;
    private final TlsReader.Answers later = new Later();
    private volatile Patience writePatience = Patience.WITHOUT_LIMIT;

    TlsAnswers(TlsWriter writer, ReentrantLock writing, Duration closeTimeout) {
        this.writer = writer;
        this.writing = writing;
        this.nanos = Math.max(LEAST_NANOS, Deadline.nanos(closeTimeout));
    }

    /** How long the application's writes may take, answers in passing included. */
    void writePatience(Patience patience) {
        writePatience = patience;
    }

    Patience writePatience() {
        return writePatience;
    }

    /** A reader that answers holds the read lock, and waits no longer than a close does. */
    private long readersNanosLeft() {
        return Math.min(writePatience.nanosLeft(), nanos);
    }

    @Override
    public void offer() throws TransportException {
        writer.owe();
        give(this::readersNanosLeft);
    }

    @Override
    public int given() {
        return writer.answers();
    }

    /** The same for who must not write: the next read answers. */
    TlsReader.Answers later() {
        return later;
    }

    private final class Later implements TlsReader.Answers {
        @Override
        public void offer() {
            writer.owe();
        }

        @Override
        public int given() {
            return writer.answers();
        }
    }

    /** Before a read waits. */
    void giveOwed() throws TransportException {
        if (writer.owes()) {
            give(this::readersNanosLeft);
        }
    }

    /** Behind a write. */
    void giveInPassing() throws TransportException {
        give(writePatience);
    }

    /** A writer at work will answer in passing; it looks again after it has let the lock go. */
    private void give(Patience patience) throws TransportException {
        while (writer.hasAnswer() && writing.tryLock()) {
            try {
                writer.answer(patience, Stage.READ);
            } catch (TransportException e) {
                if (!TlsFailures.leavesInput(e)) {
                    throw e;
                }
            } finally {
                writing.unlock();
            }
        }
    }
}
