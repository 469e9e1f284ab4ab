package io.sluice.internal.management;

import io.sluice.journal.PolicyReport;
import io.sluice.management.PolicyInfo;
import java.util.List;

/** A policy in the report. The names of the components are the accessors that JMX requires. */
record PolicyRow(
        String getContext,
        String getPolicy,
        long getChecked,
        long getViolations,
        long getUnchecked,
        List<ViolatorInfo> getPeers)
        implements PolicyInfo {

    private record ViolatorRow(String getPeer, long getCount, String getLast, String getReason)
            implements ViolatorInfo {}

    static PolicyRow of(PolicyReport report) {
        return new PolicyRow(
                report.context(),
                report.policy(),
                report.checked(),
                report.violations(),
                report.unchecked(),
                report.peers().stream()
                        .<ViolatorInfo>map(peer -> new ViolatorRow(
                                peer.peer(), peer.count(), peer.last().toString(), peer.reason()))
                        .toList());
    }
}
