package io.sluice.management;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A client of the jar {@code sluice-client} at one moment. Immutable. Implemented by Sluice only. */
public interface ClientInfo {

    /** One of the addresses of a client. */
    interface AddressInfo {

        /**
         * The address.
         *
         * @return host and port, as configured
         */
        String getAddress();

        /**
         * The failures since the last connection.
         *
         * @return their number; 0 if the last attempt succeeded, or if there was none
         */
        int getFailures();

        /**
         * The last failure.
         *
         * @return a name of {@link io.sluice.stream.SocketStreamException.Kind}; null if {@link #getFailures} is 0
         */
        @Nullable
        String getLastFailure();
    }

    /**
     * The name.
     *
     * @return the value of its {@code @SocketClient}
     */
    String getName();

    /**
     * The named context.
     *
     * @return its name; {@code none} for plaintext
     */
    String getContext();

    /**
     * The addresses.
     *
     * @return the addresses in the order of preference
     */
    List<AddressInfo> getAddresses();

    /**
     * The limit of connections.
     *
     * @return the configured number; 1 if all callers share a connection
     */
    int getMaxSize();

    /**
     * The connections that callers use.
     *
     * @return their current number; of a shared connection that carries several requests, the number of its callers
     */
    int getActive();

    /**
     * The open connections that nobody uses.
     *
     * @return their current number
     */
    int getIdle();

    /**
     * The callers that wait for a connection.
     *
     * @return their current number
     */
    int getWaiting();

    /**
     * The connections that were opened.
     *
     * @return their number since the start
     */
    long getOpened();

    /**
     * The uses of connections.
     *
     * @return their number since the start
     */
    long getLent();

    /**
     * The callers that waited in vain ({@code POOL_TIMEOUT}).
     *
     * @return their number since the start
     */
    long getTimeouts();

    /**
     * The connections that were closed.
     *
     * @return their number since the start, by reason: {@code FAILED}, {@code PEER}, {@code CHECK}, {@code GENERATION}, {@code ADDRESS},
     *     {@code LIFETIME}, {@code IDLE} or {@code END}
     */
    SortedMap<String, Long> getClosed();

    /**
     * The connections that could not be opened.
     *
     * @return the number of attempts since the start, by kind of condition
     */
    SortedMap<String, Long> getFailed();
}
