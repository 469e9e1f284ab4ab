package io.sluice.server;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * A server or endpoint, for reports: see {@link SocketServers#describe}. The state is that at the time of the description. Counts and
 * connections are read when they are asked for. Thread-safe. Implemented by Sluice only, so later versions may add methods.
 */
public interface ServerDescription {

    /** The states of a server. Later releases may add states, so a {@code switch} needs a default. */
    enum State {
        /** It does not listen yet: the application is starting. */
        STARTING,
        /** It accepts connections. */
        RUNNING,
        /** It accepts no more connections, and its remaining connections are ending. */
        ENDING,
        /** It was terminated, and its connections have ended. */
        ENDED,
        /** It stopped accepting although nobody has terminated it. The application server may have interrupted its threads. */
        FAILED
    }

    /**
     * Gives the name of the server or endpoint.
     *
     * @return the name
     */
    String name();

    /**
     * Tells endpoints from servers that were started from code.
     *
     * @return true for a {@link SocketEndpoint}
     */
    boolean isEndpoint();

    /**
     * Gives the state.
     *
     * @return the state at the time of the description
     */
    State state();

    /**
     * Gives the address.
     *
     * @return the address that it listens on, with the actual port; the configured one before it listens
     */
    InetSocketAddress address();

    /**
     * Gives the named context of the streams.
     *
     * @return its name; empty for plaintext, sockets, and contexts without a name
     */
    Optional<String> context();

    /**
     * Gives the settings.
     *
     * @return the settings
     */
    ServerSettings settings();

    /**
     * Gives the counters. The call is cheap.
     *
     * @return a snapshot; zeros before it listens
     */
    ServerCounts counts();

    /**
     * Lists the open connections. The call creates an object for each of them.
     *
     * @return a snapshot, in no particular order; unmodifiable
     */
    List<ConnectionDescription> connections();
}
