package io.sluice.server;

import io.sluice.event.ConnectionRefused.Limit;
import io.sluice.stream.SocketStreamException.Kind;
import java.util.Map;
import java.util.SortedMap;

/**
 * A snapshot of a server's counters, which start at zero when the server starts. Immutable. The numbers are read one after the other, so a
 * connection that begins or ends meanwhile may be included in some of them only. Each number only grows, except {@link #active}, {@link
 * #waiting} and {@link #generations}. Implemented by Sluice only, so later versions may add methods.
 */
public interface ServerCounts {

    /**
     * Counts the accepted connections.
     *
     * @return the connections taken from the backlog, including those that were then refused
     */
    long accepted();

    /**
     * Counts the connections that are being served.
     *
     * @return their current number
     */
    int active();

    /**
     * Counts the connections that were accepted and wait for a permit of {@code max-connections}. There are some only while the server
     * answers an authority's challenges. Otherwise, connections that must wait do so in the backlog of the system, which does not count
     * them.
     *
     * @return their current number
     */
    int waiting();

    /**
     * Counts the connections that are being served, by the generation of the server's named context that they use. Connections whose
     * handshake is in progress, and streams with another context, are omitted.
     *
     * @return their current number by generation, unmodifiable; generations without connections are absent
     */
    SortedMap<Long, Integer> generations();

    /**
     * Counts the refused connections.
     *
     * @return the connections that were reset because the server was full ({@link WhenFull#REFUSE}), was ending, got no thread for them, or
     *     accepted too many per second
     */
    default long refused() {
        return refusals().values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Counts the refused connections by the limit because of which they were reset.
     *
     * @return their number by limit, unmodifiable; a limit that has not been reached is absent
     */
    Map<Limit, Long> refusals();

    /**
     * Counts the probes: connections whose peer left without sending a byte, as the checks of Kubernetes and of load balancers do. A probe
     * is not a failure and is not fired as {@link ConnectionFailed}.
     *
     * @return the number of probes
     */
    long probes();

    /**
     * Counts the connections that failed with a condition.
     *
     * @return their number by kind; a kind that has not occurred is absent
     */
    Map<Kind, Long> conditions();

    /**
     * Counts the connections that failed with anything else, such as an exception of the handler.
     *
     * @return the number of errors
     */
    long errors();

    /**
     * Counts all failed connections.
     *
     * @return the sum of all conditions and errors
     */
    default long failed() {
        return errors()
                + conditions().values().stream().mapToLong(Long::longValue).sum();
    }
}
