package io.sluice.it.server.app;

import io.sluice.context.SslContexts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.util.Map;

/** Reloads a context. */
@ApplicationScoped
@CheckName("reload")
public class ReloadCheck implements Check {

    @Inject
    SslContexts contexts;

    @Override
    public String run(Map<String, String> parameters) throws GeneralSecurityException {
        contexts.reload(parameters.get("context"));
        return "reloaded";
    }
}
