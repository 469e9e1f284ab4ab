package io.sluice.server;

import io.sluice.stream.SocketStreamException.Kind;
import java.util.Map;

/**
 * What a server has counted since it started. Immutable. The numbers are read one after the other, so a connection that comes or goes
 * meanwhile may be in one of them and not in another. Each number only grows, except {@code active}.
 *
 * @param accepted the connections that the server has taken from the backlog, including those that it then refused
 * @param active the connections that it serves now
 * @param refused the connections that were reset because the server was full ({@link WhenFull#REFUSE}), was ending, or got no thread for
 *     them
 * @param probes the connections whose peer left without sending a byte, as the checks of Kubernetes and of load balancers do. They are
 *     neither failures nor fired as {@link ConnectionFailed}
 * @param conditions the connections that failed with a condition, by its kind. A kind that has not occurred is absent
 * @param errors the connections that failed with anything else, such as an exception of the handler's own
 */
public record ServerCounts(
        long accepted, int active, long refused, long probes, Map<Kind, Long> conditions, long errors) {

    /**
     * Copies the map.
     *
     * @param accepted the connections taken from the backlog
     * @param active the connections served now
     * @param refused the connections that were not served
     * @param probes the connections whose peer left without a byte
     * @param conditions the connections that failed with a condition, by its kind
     * @param errors the connections that failed with anything else
     */
    public ServerCounts {
        conditions = Map.copyOf(conditions);
    }

    /**
     * The connections that failed, for whatever reason.
     *
     * @return the sum of all conditions and errors
     */
    public long failed() {
        return errors + conditions.values().stream().mapToLong(Long::longValue).sum();
    }
}
