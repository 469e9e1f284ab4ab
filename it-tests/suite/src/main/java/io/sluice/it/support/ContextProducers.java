package io.sluice.it.support;

import io.sluice.context.SslContext;
import io.sluice.context.SslContextSpecifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** The contexts that {@link Contexts} injects, as the application's own. */
@ApplicationScoped
public class ContextProducers {

    @Produces
    @SslContext("tls12")
    SslContextSpecifier tls12() {
        return Protocol.TLS12.specifier();
    }

    @Produces
    @SslContext("tls13")
    SslContextSpecifier tls13() {
        return Protocol.TLS13.specifier();
    }
}
