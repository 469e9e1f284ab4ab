package io.sluice.it.support;

import io.sluice.context.SslContext;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.SocketStreamCreator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * A creator and a connector for each TLS version and for plaintext. Their contexts are the beans of {@link ContextProducers}, or they are
 * configured, because only the engines of configured contexts can be chosen.
 */
@ApplicationScoped
public class Contexts {

    @Inject
    @SslContext("none")
    SocketStreamCreator plain;

    @Inject
    @SslContext(value = "none", errorp = true)
    SocketStreamCreator plainThrowing;

    @Inject
    @SslContext("tls12")
    SocketStreamCreator tls12;

    @Inject
    @SslContext(value = "tls12", errorp = true)
    SocketStreamCreator tls12Throwing;

    @Inject
    @SslContext("tls13")
    SocketStreamCreator tls13;

    @Inject
    @SslContext(value = "tls13", errorp = true)
    SocketStreamCreator tls13Throwing;

    @Inject
    @SslContext("none")
    SocketStreamConnector plainConnector;

    @Inject
    @SslContext("tls12")
    SocketStreamConnector tls12Connector;

    @Inject
    @SslContext("tls13")
    SocketStreamConnector tls13Connector;

    public SocketStreamCreator creator(Protocol way) {
        return creator(way, false);
    }

    public SocketStreamCreator creator(Protocol way, boolean errorp) {
        return switch (way) {
            case PLAIN -> errorp ? plainThrowing : plain;
            case TLS12 -> errorp ? tls12Throwing : tls12;
            case TLS13 -> errorp ? tls13Throwing : tls13;
        };
    }

    public SocketStreamConnector connector(Protocol way) {
        return switch (way) {
            case PLAIN -> plainConnector;
            case TLS12 -> tls12Connector;
            case TLS13 -> tls13Connector;
        };
    }
}
