package io.sluice.it.server.app;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** How many beans of a connection have ended. */
@ApplicationScoped
@CheckName("tallies-ended")
public class TallyCheck implements Check {

    @Override
    public String run(Map<String, String> parameters) {
        return Tally.ENDED.toString();
    }
}
