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
    private final Fault fault;
    private final int alert;
    private int answer = NO_ALERT;
    private transient @Nullable NegotiationMismatch offers;

    /**
     * Makes a failure without an alert.
     *
     * @param stage what was being done
     * @param fault why it failed
     * @param message one sentence without the peer's name
     * @param cause what lies beneath, if anything
     */
    public TransportException(Stage stage, Fault fault, String message, @Nullable Throwable cause) {
        this(stage, fault, NO_ALERT, message, cause);
    }

    private TransportException(Stage stage, Fault fault, int alert, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.stage = stage;
        this.fault = fault;
        this.alert = alert;
    }

    static TransportException peerAlert(Stage stage, int alert, String message, @Nullable Throwable cause) {
        return new TransportException(stage, Fault.PEER_ALERT, alert, message, cause);
    }

    /** The same failure seen by another caller: its own stack, this one as the cause. */
    TransportException again() {
        TransportException again = new TransportException(stage, fault, alert, String.valueOf(getMessage()), this);
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
     * @return the fault
     */
    public Fault fault() {
        return fault;
    }

    /**
     * The code of the peer's alert (RFC 8446, 6.2) where it could be known.
     *
     * @return the code, only ever present with {@link Fault#PEER_ALERT}
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
}
