package io.sluice.it.server.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import java.security.Principal;
import java.util.Map;

/** The caller according to Jakarta Security, one fact per line. */
@ApplicationScoped
@Default
@CheckName("caller")
public class CallerCheck implements Check {

    @Inject
    SecurityContext security;

    @Override
    public String run(Map<String, String> parameters) {
        Principal caller = security.getCallerPrincipal();
        return String.join(
                "\n",
                "caller=" + (caller == null ? "null" : caller.getName()),
                "role=" + security.isCallerInRole("administrator"));
    }
}
