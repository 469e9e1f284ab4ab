package io.sluice.internal.transport;

/** The turn of a reader behind another reader, for which it waits no longer than for bytes. */
final class ReadTurn {
    private ReadTurn() {}

    /** Why the turn did not come to this thread. */
    static TransportException missed() {
        return Thread.currentThread().isInterrupted()
                ? new TransportException(Stage.READ, Fault.INTERRUPTED, "the thread was interrupted", null)
                : new TransportException(
                        Stage.READ, Fault.TIMEOUT, "another thread was reading until the deadline", null);
    }
}
