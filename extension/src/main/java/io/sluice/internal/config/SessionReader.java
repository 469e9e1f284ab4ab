package io.sluice.internal.config;

import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.SessionSettings;
import io.sluice.internal.settings.Setting;
import java.time.Duration;
import java.util.Optional;

/** Reads how many sessions a context keeps, and how long. */
final class SessionReader {

    /** The longest lifetime of a ticket in TLS 1.3 (RFC 8446, 4.6.1). */
    private static final Duration LONGEST_TICKET = Duration.ofDays(7);

    private final ContextProperties properties;
    private final Problems problems;

    SessionReader(ContextProperties properties, Problems problems) {
        this.properties = properties;
        this.problems = problems;
    }

    SessionSettings read() {
        SessionSettings settings = new SessionSettings(
                timeout(),
                properties.number(ParameterKeys.SESSION_CACHE_SIZE),
                properties
                        .truth(ParameterKeys.SESSION_TICKETS)
                        .flatMap(valid -> properties.value(ParameterKeys.SESSION_TICKETS)),
                properties.value(ParameterKeys.SESSION_TICKET_KEYS));
        settings.ticketKeys()
                .filter(keys -> !settings.sendsTickets())
                .ifPresent(keys -> problems.error(
                        keys,
                        "it names keys for tickets, but " + properties.name(ParameterKeys.SESSION_TICKETS)
                                + " is false",
                        "Remove one of the two properties"));
        return settings;
    }

    private Optional<Duration> timeout() {
        Optional<Duration> timeout = properties.duration(ParameterKeys.SESSION_TIMEOUT);
        Optional<Setting> setting = properties.value(ParameterKeys.SESSION_TIMEOUT);
        if (timeout.isEmpty() || setting.isEmpty()) {
            return Optional.empty();
        }
        if (timeout.get().toNanosPart() > 0 || timeout.get().toSeconds() > Integer.MAX_VALUE) {
            problems.error(
                    setting.get(),
                    setting.get().shown() + " is not a number of whole seconds up to " + Integer.MAX_VALUE,
                    "Use a form such as 10m or 1d");
            return Optional.empty();
        }
        if (timeout.get().isZero() || timeout.get().compareTo(LONGEST_TICKET) > 0) {
            problems.warn(
                    setting.get(),
                    "sessions are not resumed with tickets, because JSSE's tickets live from 1 second to 7 days",
                    "Use a duration up to 7d, unless this is intended");
        }
        return timeout;
    }
}
