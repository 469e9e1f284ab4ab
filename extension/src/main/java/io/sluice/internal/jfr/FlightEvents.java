package io.sluice.internal.jfr;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The events that Sluice adds to a recording of Java Flight Recorder. A JVM may lack the module {@code jdk.jfr}, and a server may hide it
 * from an application, so only the classes behind this one refer to it, and only if it is there. Thread-safe.
 */
public final class FlightEvents {

    private static final boolean PRESENT = isPresent();

    private FlightEvents() {}

    private static boolean isPresent() {
        try {
            Class.forName("jdk.jfr.Event", false, FlightEvents.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /** Tests whether a recording wants events of connections. */
    public static boolean recordsConnections() {
        return PRESENT
                && (HandshakeRecord.isRecorded() || ConnectionRecord.isRecorded() || RejectionRecord.isRecorded());
    }

    /** The facts of a connection that every event has. */
    public record Subject(long connection, @Nullable String endpoint, String peer) {}

    /** An event whose time runs. */
    public interface Handshake {

        /** Adds the event to the recording. The session's facts are null if the handshake failed, and the failure is null otherwise. */
        void end(
                Subject subject,
                @Nullable String context,
                boolean client,
                @Nullable Negotiated session,
                @Nullable String failure);
    }

    /** What a handshake negotiated. */
    public record Negotiated(
            String protocol, String cipherSuite, @Nullable String group, boolean resumed) {}

    /** An event whose time runs. */
    public interface Connection {

        /** Adds the event to the recording. */
        void end(Subject subject, String reason, @Nullable String failure, long bytesReceived, long bytesSent);
    }

    /** An event whose time runs. */
    public interface Reload {

        /** Adds the event to the recording. The problem is null if the load succeeded. */
        void end(String context, long generation, @Nullable String problem);
    }

    /** Begins a handshake; empty if none is recorded. */
    public static Optional<Handshake> beginHandshake() {
        return PRESENT && HandshakeRecord.isRecorded() ? Optional.of(HandshakeRecord.begun()) : Optional.empty();
    }

    /** Begins a connection; empty if none is recorded. */
    public static Optional<Connection> beginConnection() {
        return PRESENT && ConnectionRecord.isRecorded() ? Optional.of(ConnectionRecord.begun()) : Optional.empty();
    }

    /** Begins a load of a context; empty if none is recorded. */
    public static Optional<Reload> beginReload() {
        return PRESENT && ReloadRecord.isRecorded() ? Optional.of(ReloadRecord.begun()) : Optional.empty();
    }

    /** Records that a connection was refused. */
    public static void rejection(Subject subject, String limit) {
        if (PRESENT && RejectionRecord.isRecorded()) {
            RejectionRecord.record(subject, limit);
        }
    }
}
