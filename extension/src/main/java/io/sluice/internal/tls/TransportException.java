package io.sluice.internal.tls;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A transport's failure. The message names neither the peer nor the context: the stream adds them. */
public final class TransportException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Stage stage;
    private final Reason reason;
    private final int alert;
    private int alertToSend = TlsAlert.NONE;
    private transient @Nullable NegotiationMismatch offers;

    /**
     * Creates a failure without an alert.
     *
     * @param stage the stage that failed
     * @param reason the reason
     * @param message one sentence, without the peer's name
     * @param cause the cause, if any
     */
    public TransportException(Stage stage, Reason reason, String message, @Nullable Throwable cause) {
        this(stage, reason, TlsAlert.NONE, message, cause);
    }

    /**
     * Creates a failure without an alert and a cause.
     *
     * @param stage the stage that failed
     * @param reason the reason
     * @param message one sentence, without the peer's name
     */
    public TransportException(Stage stage, Reason reason, String message) {
        this(stage, reason, message, null);
    }

    private TransportException(Stage stage, Reason reason, int alert, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.stage = stage;
        this.reason = reason;
        this.alert = alert;
    }

    /**
     * This side has closed the connection.
     *
     * @param stage the stage that failed
     * @return the failure
     */
    public static TransportException closed(Stage stage) {
        return new TransportException(stage, Reason.CLOSED, "this side closed the connection");
    }

    /**
     * The peer broke a rule or a limit of the protocol.
     *
     * @param stage the stage that failed
     * @param message one sentence, without the peer's name
     * @return the failure
     */
    public static TransportException violation(Stage stage, String message) {
        return new TransportException(stage, Reason.PROTOCOL_ABUSE, message);
    }

    /**
     * A deadline of this side passed.
     *
     * @param stage the stage that failed
     * @param message one sentence, without the peer's name
     * @param cause the cause, if any
     * @return the failure
     */
    public static TransportException timeout(Stage stage, String message, @Nullable Throwable cause) {
        return new TransportException(stage, Reason.TIMEOUT, message, cause);
    }

    /**
     * The thread was interrupted.
     *
     * @param stage the stage that failed
     * @return the failure
     */
    public static TransportException interrupted(Stage stage) {
        return new TransportException(stage, Reason.INTERRUPTED, "the thread was interrupted");
    }

    /**
     * The peer closed the connection before the handshake was complete.
     *
     * @return the failure
     */
    public static TransportException closedInHandshake() {
        return new TransportException(
                Stage.HANDSHAKE, Reason.PEER_CLOSED, "the peer closed the connection during the handshake");
    }

    static TransportException peerAlert(Stage stage, int alert, String message, @Nullable Throwable cause) {
        return new TransportException(stage, Reason.PEER_ALERT, alert, message, cause);
    }

    /**
     * Returns the same failure for another caller: with that caller's stack trace, and this failure as the cause.
     *
     * @return the copy
     */
    public TransportException copy() {
        TransportException copy = new TransportException(stage, reason, alert, String.valueOf(getMessage()), this);
        copy.offers = offers;
        copy.alertToSend = alertToSend;
        return copy;
    }

    /** Sets what both sides of a handshake offered. */
    TransportException withOffers(NegotiationMismatch both) {
        offers = both;
        return this;
    }

    /** Sets the alert to send to the peer. */
    TransportException withAlert(int alertCode) {
        alertToSend = alertCode;
        return this;
    }

    /** The code of the alert to send to the peer; empty if the engine decides. */
    OptionalInt alertToSend() {
        return alertToSend == TlsAlert.NONE ? OptionalInt.empty() : OptionalInt.of(alertToSend);
    }

    /**
     * Returns the stage that failed.
     *
     * @return the stage
     */
    public Stage stage() {
        return stage;
    }

    /**
     * Returns the reason of the failure.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * Returns the code of the peer's alert (RFC 8446, 6.2), if known.
     *
     * @return the code, which is present only with {@link Reason#PEER_ALERT}
     */
    public OptionalInt alert() {
        return alert == TlsAlert.NONE ? OptionalInt.empty() : OptionalInt.of(alert);
    }

    /**
     * Returns what the two sides of a failed handshake offered.
     *
     * @return the offers; present if TLS itself failed in the handshake, or the peer rejected it
     */
    public Optional<NegotiationMismatch> offers() {
        return Optional.ofNullable(offers);
    }

    /** The reason of a failure. */
    public enum Reason {
        /** The socket is unusable: not connected, closed, half closed, non-blocking or an SSLSocket. The message says which. */
        UNUSABLE_SOCKET,
        /** A deadline of this side passed. The stage tells which one. */
        TIMEOUT,
        /** Closed by this side, possibly from another thread, or used after close. */
        CLOSED,
        /** The peer closed the connection although more data was expected: during the handshake, or before this side's write. */
        PEER_CLOSED,
        /** The TCP stream ended without close_notify after the handshake: bytes may be missing (RFC 8446, 6.1). */
        TRUNCATED,
        /** The peer's first bytes are not a TLS record. The message describes them. */
        NOT_TLS,
        /** The engine reported a failure. The cause is its first exception. */
        TLS,
        /** The engine would go on, but this side does not admit the peer. The cause is the objection. */
        REFUSED,
        /** The peer sent a fatal alert. */
        PEER_ALERT,
        /** The peer broke a rule or a limit of the protocol: too large a record, a flood, a renegotiation. */
        PROTOCOL_ABUSE,
        /** The thread was interrupted, which ended the connection. */
        INTERRUPTED,
        /** The peer reset the connection. */
        RESET,
        /** Any other I/O error. */
        IO
    }

    /** The stage of a connection. */
    public enum Stage {
        /** Taking over the socket, before any byte is read or written. */
        OPEN,
        /** Connecting to the peer. */
        CONNECT,
        /** Reading a balancer's PROXY header. */
        PREAMBLE,
        /** The TLS handshake. */
        HANDSHAKE,
        /** Reading from the peer. */
        READ,
        /** Writing to the peer. */
        WRITE,
        /** Closing the connection. */
        CLOSE
    }
}
