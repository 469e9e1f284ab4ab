package io.sluice.it.server.app;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** The number of beans of connections that have ended. */
@ApplicationScoped
@CheckName("tallies-ended")
public class TallyCheck implements Check {

    @Override
    public String run(Map<String, String> parameters) {
        return Tally.ENDED.toString();
    }
}
