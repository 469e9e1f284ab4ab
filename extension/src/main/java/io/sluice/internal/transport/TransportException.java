package io.sluice.internal.transport;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A transport's failure. The message names neither peer nor context: whoever knows them adds them. */
public final class TransportException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int NO_ALERT = -1;

    private final Stage stage;
    private final Reason reason;
    private final int alert;
    private int answer = NO_ALERT;
    private transient @Nullable NegotiationMismatch offers;

    /**
     * Makes a failure without an alert.
     *
     * @param stage what was being done
     * @param reason why it failed
     * @param message one sentence without the peer's name
     * @param cause what lies beneath, if anything
     */
    public TransportException(Stage stage, Reason reason, String message, @Nullable Throwable cause) {
        this(stage, reason, NO_ALERT, message, cause);
    }

    private TransportException(Stage stage, Reason reason, int alert, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.stage = stage;
        this.reason = reason;
        this.alert = alert;
    }

    static TransportException peerAlert(Stage stage, int alert, String message, @Nullable Throwable cause) {
        return new TransportException(stage, Reason.PEER_ALERT, alert, message, cause);
    }

    /** The same failure seen by another caller: its own stack, this one as the cause. */
    TransportException again() {
        TransportException again = new TransportException(stage, reason, alert, String.valueOf(getMessage()), this);
        again.offers = offers;
        again.answer = answer;
        return again;
    }

    /** Notes what both sides of a handshake had to offer. */
    TransportException with(NegotiationMismatch both) {
        offers = both;
        return this;
    }

    /** Sets the alert that tells the peer what it did wrong. */
    TransportException answeredBy(int alertCode) {
        answer = alertCode;
        return this;
    }

    /** The code of the alert to send to the peer; empty if the engine decides. */
    OptionalInt answer() {
        return answer == NO_ALERT ? OptionalInt.empty() : OptionalInt.of(answer);
    }

    /**
     * What was being done.
     *
     * @return the stage
     */
    public Stage stage() {
        return stage;
    }

    /**
     * Why it failed.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * The code of the peer's alert (RFC 8446, 6.2) where it could be known.
     *
     * @return the code, only ever present with {@link Reason#PEER_ALERT}
     */
    public OptionalInt alert() {
        return alert == NO_ALERT ? OptionalInt.empty() : OptionalInt.of(alert);
    }

    /**
     * What the two sides of a failed handshake had to offer.
     *
     * @return the offers, where TLS itself failed in the handshake or the peer refused it
     */
    public Optional<NegotiationMismatch> offers() {
        return Optional.ofNullable(offers);
    }

    /** Why a transport failed. New kinds may be added. */
    public enum Reason {
        /** The socket cannot be used: unconnected, closed, half-shut, non-blocking or an SSLSocket. The message says which. */
        UNUSABLE_SOCKET,
        /** A deadline of ours passed; the stage tells which. */
        TIMEOUT,
        /** Closed by this side, possibly from another thread, or used after close. */
        CLOSED,
        /** The peer ended the connection where more was due: during the handshake, or before this side's write. */
        PEER_CLOSED,
        /** The TCP stream ended without a close_notify after the handshake: bytes may be missing (RFC 8446, 6.1). */
        TRUNCATED,
        /** The peer's first bytes are no TLS record. The message says what they look like. */
        NOT_TLS,
        /** The engine refused; the cause is its first exception. */
        TLS,
        /** The peer sent a fatal alert. */
        PEER_ALERT,
        /** The peer broke the rules in a way that costs memory or time: record too large, KeyUpdate flood, renegotiation. */
        PROTOCOL_ABUSE,
        /** The thread was interrupted, which ends the connection. */
        INTERRUPTED,
        /** The peer reset the connection. */
        RESET,
        /** Any other I/O error. */
        IO
    }

    /** What a transport was doing when it failed. */
    public enum Stage {
        /** Taking the socket over, before any byte was read or written. */
        OPEN,
        /** Connecting to the peer. */
        CONNECT,
        /** Reading what a balancer says before the peer's first byte. */
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
