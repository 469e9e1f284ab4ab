package io.sluice.internal.management;

import java.util.List;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** The name of the application in its server. */
final class ApplicationName {

    /** The name of an application outside a server, or in one that gives no names. */
    static final String DEFAULT = "application";

    /** Jakarta EE Platform, 5.15 and 5.16: an archive in an EAR has the name of the EAR, and its own. */
    private static final List<String> NAMES = List.of("java:app/AppName", "java:module/ModuleName");

    private ApplicationName() {}

    static String current() {
        for (String name : NAMES) {
            try {
                if (InitialContext.doLookup(name) instanceof String found && !found.isBlank()) {
                    return found;
                }
            } catch (NamingException | RuntimeException | LinkageError e) {
                // The next one may be there. A container without names has none of them.
            }
        }
        return DEFAULT;
    }
}
