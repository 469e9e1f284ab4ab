package io.sluice.management;

import java.util.List;

/** What a report-only policy has found: see {@link io.sluice.journal.PolicyReport}. Immutable. Implemented by Sluice only. */
public interface PolicyInfo {

    /** A peer that the policy would refuse: see {@link io.sluice.journal.PolicyViolator}. */
    interface ViolatorInfo {

        /**
         * The peer.
         *
         * @return the subject of its certificate, or its network
         */
        String getPeer();

        /**
         * Its connections that violate the policy.
         *
         * @return their number
         */
        long getCount();

        /**
         * The time of the last such connection.
         *
         * @return the time (ISO-8601)
         */
        String getLast();

        /**
         * Why the peer would be refused.
         *
         * @return the reason for the last connection
         */
        String getReason();
    }

    /**
     * The context whose connections are checked.
     *
     * @return its name
     */
    String getContext();

    /**
     * The policy.
     *
     * @return the word of the configuration
     */
    String getPolicy();

    /**
     * The connections that were checked.
     *
     * @return their number since the start
     */
    long getChecked();

    /**
     * The checked connections that the setting would have refused.
     *
     * @return their number since the start
     */
    long getViolations();

    /**
     * The connections that could not be checked: see {@link io.sluice.journal.PolicyReport#unchecked}.
     *
     * @return their number since the start
     */
    long getUnchecked();

    /**
     * The peers that the setting would refuse.
     *
     * @return at most 100, the one seen last first
     */
    List<ViolatorInfo> getPeers();
}
