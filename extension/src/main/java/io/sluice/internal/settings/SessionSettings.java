package io.sluice.internal.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * The sessions that a context keeps for resumption, as a server and as a client.
 *
 * @param timeout how long a session can be resumed, in whole seconds; zero for no limit; empty for the default of JSSE
 * @param cacheSize the number of sessions kept on each side; zero for no limit; empty for the default of JSSE
 * @param tickets whether the server side sends tickets (RFC 5077; RFC 8446, 4.6.1), a truth value; empty for the engine's default
 * @param ticketKeys the location of the keys that seal the server's tickets; empty if the engine makes them itself
 */
public record SessionSettings(
        Optional<Duration> timeout,
        Optional<Integer> cacheSize,
        Optional<Setting> tickets,
        Optional<Setting> ticketKeys) {

    /** Nothing configured. */
    public static final SessionSettings NONE =
            new SessionSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Whether the server side sends tickets: unless that is configured otherwise. */
    public boolean sendsTickets() {
        return tickets.map(setting -> Boolean.parseBoolean(setting.value().strip()))
                .orElse(true);
    }
}
