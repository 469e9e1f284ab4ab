package io.sluice.it.server.app;

import java.util.Map;

/** A bean with a name that tests ask, inside the server. */
public interface Check {

    /**
     * Checks what its name says.
     *
     * @param parameters what the test gives
     * @return what there is to tell
     * @throws Throwable if it does not hold: the test fails with all of it
     */
    String run(Map<String, String> parameters) throws Throwable;
}
