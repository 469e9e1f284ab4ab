package io.sluice.journal;

import java.util.List;

/**
 * How many peers a stricter setting would refuse: see {@link HandshakeJournal#policies}. Immutable. Implemented by Sluice only, so later
 * versions may add methods.
 */
public interface PolicyReport {

    /**
     * Gives the context whose connections are checked.
     *
     * @return its name
     */
    String context();

    /**
     * Gives the policy.
     *
     * @return the word of the configuration, such as {@code tls13} or {@code trust:next}
     */
    String policy();

    /**
     * Counts the connections that were checked.
     *
     * @return the number since the application started, of connections whose handshake is complete
     */
    long checked();

    /**
     * Counts the checked connections that the setting would have refused.
     *
     * @return the number since the application started
     */
    long violations();

    /**
     * Counts the connections that were not checked, because too many were waiting, or because the context of the policy cannot be loaded or
     * has no trust that Sluice reads.
     *
     * @return the number since the application started; 0 for a policy other than {@code trust:<context>}
     */
    long unchecked();

    /**
     * Lists the peers that the setting would refuse: at most the 100 that were seen last.
     *
     * @return a snapshot, the one seen last first; unmodifiable; empty if there are none
     */
    List<PolicyViolator> peers();
}
