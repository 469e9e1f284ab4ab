package io.sluice.it.server.app;

import io.sluice.context.SslContext;
import io.sluice.stream.SocketStreamCreator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Injects a context that is not configured. */
@ApplicationScoped
public class Misspelt {

    @Inject
    @SslContext("wbe")
    SocketStreamCreator creator;
}
