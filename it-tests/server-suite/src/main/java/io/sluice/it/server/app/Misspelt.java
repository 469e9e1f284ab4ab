package io.sluice.it.server.app;

import io.sluice.context.SslContext;
import io.sluice.stream.SocketStreamCreator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Asks for a context that nothing configures. */
@ApplicationScoped
public class Misspelt {

    @Inject
    @SslContext("wbe")
    SocketStreamCreator creator;
}
