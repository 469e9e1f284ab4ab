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
     * @return the number of complete handshakes since the application started
     */
    long checked();

    /**
     * Counts the checked connections that the setting would have refused.
     *
     * @return the number since the application started
     */
    long violations();

    /**
     * Counts the connections that were not checked, because too many certificates waited for their verification.
     *
     * @return the number since the application started; 0 for a policy other than {@code trust:<context>}
     */
    long unchecked();

    /**
     * Gives the peers that would no longer connect, at most 100. Of more peers, those seen last are listed.
     *
     * @return a snapshot, the last seen first; unmodifiable; empty if there are none
     */
    List<PolicyViolator> peers();
}
