package io.sluice.management;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A server or endpoint at one moment: see {@link io.sluice.server.ServerDescription}. Immutable. Implemented by Sluice only. */
public interface ServerInfo {

    /** The counters since the start: see {@link io.sluice.server.ServerCounts}. */
    interface CountsInfo {

        /**
         * The accepted connections.
         *
         * @return their number, including those that were then refused
         */
        long getAccepted();

        /**
         * The connections that are being served.
         *
         * @return their current number
         */
        int getActive();

        /**
         * The accepted connections that wait for a permit of {@code max-connections}. Those in the backlog of the system are not counted.
         *
         * @return their current number
         */
        int getWaiting();

        /**
         * The connections whose peer left without sending a byte.
         *
         * @return their number
         */
        long getProbes();

        /**
         * The connections that failed without a condition, for example because the endpoint's method threw an exception.
         *
         * @return their number
         */
        long getErrors();

        /**
         * The refused connections.
         *
         * @return their number by limit
         */
        SortedMap<String, Long> getRefused();

        /**
         * The connections that failed with a condition.
         *
         * @return their number by kind
         */
        SortedMap<String, Long> getFailed();

        /**
         * The connections that are being served, by the generation of the server's context.
         *
         * @return their current number by generation
         */
        SortedMap<Long, Integer> getGenerations();
    }

    /**
     * The name.
     *
     * @return the name of the server or endpoint
     */
    String getName();

    /**
     * Tells endpoints from servers that were started from code.
     *
     * @return true for an endpoint
     */
    boolean isEndpoint();

    /**
     * The state.
     *
     * @return a name of {@link io.sluice.server.ServerDescription.State}
     */
    String getState();

    /**
     * The address.
     *
     * @return the address and port that it listens on; the configured ones before it listens
     */
    String getAddress();

    /**
     * The named context.
     *
     * @return its name; null for plaintext, sockets, and contexts without a name
     */
    @Nullable
    String getContext();

    /**
     * The kind of threads.
     *
     * @return a name of {@link io.sluice.server.ThreadKind}
     */
    String getThreads();

    /**
     * The limit of concurrent connections.
     *
     * @return the configured number; 0 for the default
     */
    int getMaxConnections();

    /**
     * What happens at the limit.
     *
     * @return a name of {@link io.sluice.server.WhenFull}
     */
    String getWhenFull();

    /**
     * The time for connections to end when the server does.
     *
     * @return milliseconds
     */
    long getDrainTimeoutMillis();

    /**
     * The counters.
     *
     * @return the numbers since the start
     */
    CountsInfo getCounts();

    /**
     * The open connections.
     *
     * @return the oldest 1,000 of them
     */
    List<ConnectionInfo> getConnections();

    /**
     * The open connections that {@link #getConnections} omits.
     *
     * @return their number
     */
    int getOmittedConnections();
}
