package io.sluice.it.server.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.Map;

/** How many beans of a connection have ended. */
@ApplicationScoped
@Named("tallies-ended")
public class TallyCheck implements Check {

    @Override
    public String run(Map<String, String> parameters) {
        return Tally.ENDED.toString();
    }
}
