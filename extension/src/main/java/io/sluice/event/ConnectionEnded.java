package io.sluice.event;

import java.time.Duration;
import java.util.Optional;

/** A connection has ended, and its socket is closed. Implemented by Sluice only, so later versions may add methods. */
public interface ConnectionEnded extends ConnectionEvent {

    /** The reasons for which a connection ends. Later releases may add reasons, so a {@code switch} needs a default. */
    enum Reason {
        /** This side closed it. */
        CLOSED,
        /** The peer ended it, and this side had read everything. */
        PEER_CLOSED,
        /** It failed: see {@link #failure}. */
        FAILED,
        /** The peer left without sending a byte, as the health checks of Kubernetes and of load balancers do. */
        PROBE
    }

    /**
     * Gives the reason for which the connection ended.
     *
     * @return the reason; {@link Reason#FAILED} also if it failed after the peer's end, for example because the endpoint's method threw
     */
    Reason reason();

    /**
     * Gives the failure.
     *
     * @return the condition of the stream, or what the endpoint's method threw; empty unless the reason is {@link Reason#FAILED}
     */
    Optional<Throwable> failure();

    /**
     * Gives the time for which the connection was open.
     *
     * @return the time since it was accepted, or since the creation of its stream began
     */
    Duration duration();

    /**
     * Counts the bytes that came from the peer, TLS and a PROXY header included.
     *
     * @return the number of bytes; 0 if no stream was created
     */
    long bytesReceived();

    /**
     * Counts the bytes that went to the peer, TLS included. A write that failed is not counted.
     *
     * @return the number of bytes; 0 if no stream was created
     */
    long bytesSent();
}
