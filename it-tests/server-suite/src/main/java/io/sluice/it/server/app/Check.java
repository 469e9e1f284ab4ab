package io.sluice.it.server.app;

import java.util.Map;

/** A named bean that checks something inside the server. */
public interface Check {

    /**
     * Runs the check.
     *
     * @param parameters what the test gives
     * @return what there is to tell
     * @throws Throwable if it does not hold: the test fails with all of it
     */
    String run(Map<String, String> parameters) throws Throwable;
}
