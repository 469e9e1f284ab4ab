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
         * The time of the last one.
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
     * The connections that were not checked, because too many certificates waited for their verification.
     *
     * @return their number since the start
     */
    long getUnchecked();

    /**
     * The peers that would no longer connect.
     *
     * @return at most 100, the last seen first
     */
    List<ViolatorInfo> getPeers();
}
