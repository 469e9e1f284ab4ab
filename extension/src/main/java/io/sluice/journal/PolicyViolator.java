package io.sluice.journal;

import java.time.Instant;

/** A peer that a stricter setting would refuse. Immutable. Implemented by Sluice only, so later versions may add methods. */
public interface PolicyViolator {

    /**
     * Names the peer.
     *
     * @return the subject of its certificate (RFC 2253), or its first alternative name if the subject is empty; its network if it sent no
     *     certificate, and with {@code sluice.journal.mask}
     */
    String peer();

    /**
     * Counts its connections that violate the policy.
     *
     * @return the number since the peer was added to the list, at least 1
     */
    long count();

    /**
     * Gives the time of the last such connection.
     *
     * @return when its handshake was complete
     */
    Instant last();

    /**
     * Says why the peer would be refused.
     *
     * @return the reason for the last connection, such as {@code TLSv1.2 was negotiated}
     */
    String reason();
}
