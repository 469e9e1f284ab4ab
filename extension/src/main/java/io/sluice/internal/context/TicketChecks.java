package io.sluice.internal.context;

import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.SessionSettings;
import java.util.Optional;
import java.util.stream.Stream;

/** Reports settings of tickets where the engine decides about its tickets itself. */
final class TicketChecks {

    private TicketChecks() {}

    /** For the engines of all JSSE providers. */
    static void refuse(SessionSettings sessions, Problems problems) {
        Stream.of(sessions.tickets(), sessions.ticketKeys())
                .flatMap(Optional::stream)
                .forEach(setting -> problems.error(
                        setting,
                        "only the engine boringssl can be told about its tickets",
                        "Set engine=boringssl and add the jar io.sluice:sluice-boringssl, or remove this property"));
    }
}
