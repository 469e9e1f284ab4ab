package io.sluice.internal.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * The sessions that a context keeps for resumption, as a server and as a client.
 *
 * @param timeout how long a session can be resumed, in whole seconds; zero for no limit; empty for the default of JSSE
 * @param cacheSize the number of sessions kept on each side; zero for no limit; empty for the default of JSSE
 */
public record SessionSettings(Optional<Duration> timeout, Optional<Integer> cacheSize) {

    /** Nothing configured. */
    public static final SessionSettings NONE = new SessionSettings(Optional.empty(), Optional.empty());
}
