package io.sluice.context;

import io.sluice.context.material.ClientAuth;
import io.sluice.context.material.ParameterSettings;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** The two sets of parameters of a context: one for its clients, which check the host's name, and one for its servers, which must not. */
final class EngineParameters {

    private static final String HTTPS = "HTTPS";
    private static final String[] DEFAULT_PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final Supplier<SSLParameters> client;
    private final Supplier<SSLParameters> server;

    private EngineParameters(SSLParameters client, SSLParameters server) {
        this.client = () -> copy(client);
        this.server = () -> copy(server);
    }

    /** A fresh copy. */
    SSLParameters client() {
        return client.get();
    }

    /** A fresh copy. */
    SSLParameters server() {
        return server.get();
    }

    /** The context's own defaults; clients check the host's name. */
    static EngineParameters defaults(SSLContext context) {
        SSLParameters server = context.getDefaultSSLParameters();
        SSLParameters client = copy(server);
        client.setEndpointIdentificationAlgorithm(HTTPS);
        return of(client, server);
    }

    /** One protocol only; clients check the host's name. */
    static EngineParameters protocol(SSLContext context, String protocol) {
        SSLParameters server = context.getDefaultSSLParameters();
        server.setProtocols(new String[] {protocol});
        SSLParameters client = copy(server);
        client.setEndpointIdentificationAlgorithm(HTTPS);
        return of(client, server);
    }

    /** TLS 1.3 and 1.2, as a configured context enables them unless it says otherwise; clients check the host's name. */
    static EngineParameters modern(SSLContext context) {
        SSLParameters server = context.getDefaultSSLParameters();
        server.setProtocols(DEFAULT_PROTOCOLS);
        SSLParameters client = copy(server);
        client.setEndpointIdentificationAlgorithm(HTTPS);
        return of(client, server);
    }

    /** What the caller gave; for servers without host identification. */
    static EngineParameters given(SSLParameters parameters) {
        return of(copy(parameters), copy(parameters));
    }

    private static EngineParameters of(SSLParameters client, SSLParameters server) {
        server.setEndpointIdentificationAlgorithm(null);
        return new EngineParameters(client, server);
    }

    /** These parameters with everything configured on top. The settings' protocols and suites are known to the context. */
    EngineParameters with(ParameterSettings settings) {
        SSLParameters clients = client();
        SSLParameters servers = server();
        apply(settings, clients);
        apply(settings, servers);
        settings.hostnameVerification()
                .ifPresent(algorithm -> clients.setEndpointIdentificationAlgorithm(
                        "NONE".equalsIgnoreCase(algorithm.value()) ? null : algorithm.value()));
        return of(clients, servers);
    }

    private static void apply(ParameterSettings settings, SSLParameters parameters) {
        settings.protocols().ifPresent(protocols -> parameters.setProtocols(array(protocols.list())));
        settings.cipherSuites().ifPresent(suites -> parameters.setCipherSuites(array(suites.list())));
        settings.alpn().ifPresent(protocols -> parameters.setApplicationProtocols(array(protocols.list())));
        settings.clientAuth().ifPresent(auth -> clientAuth(auth, parameters));
    }

    private static void clientAuth(ClientAuth auth, SSLParameters parameters) {
        parameters.setNeedClientAuth(auth == ClientAuth.NEED);
        if (auth != ClientAuth.NEED) {
            parameters.setWantClientAuth(auth == ClientAuth.WANT);
        }
    }

    private static String[] array(java.util.List<String> list) {
        return list.toArray(String[]::new);
    }

    /** SSLParameters is mutable and cannot be cloned. */
    static SSLParameters copy(SSLParameters from) {
        SSLParameters to = new SSLParameters();
        merge(from, to);
        return to;
    }

    /** Sets what {@code from} says; where it says nothing (null), {@code to} stays, as with a socket's setSSLParameters. */
    static void merge(SSLParameters from, SSLParameters to) {
        Optional.ofNullable(from.getCipherSuites()).ifPresent(to::setCipherSuites);
        Optional.ofNullable(from.getProtocols()).ifPresent(to::setProtocols);
        Optional.ofNullable(from.getServerNames()).ifPresent(to::setServerNames);
        Optional.ofNullable(from.getSNIMatchers()).ifPresent(to::setSNIMatchers);
        to.setAlgorithmConstraints(from.getAlgorithmConstraints());
        to.setApplicationProtocols(from.getApplicationProtocols());
        to.setEnableRetransmissions(from.getEnableRetransmissions());
        to.setEndpointIdentificationAlgorithm(from.getEndpointIdentificationAlgorithm());
        to.setMaximumPacketSize(from.getMaximumPacketSize());
        to.setUseCipherSuitesOrder(from.getUseCipherSuitesOrder());
        to.setNeedClientAuth(from.getNeedClientAuth());
        if (!from.getNeedClientAuth()) {
            to.setWantClientAuth(from.getWantClientAuth());
        }
        LaterParameters.copy(from, to);
    }
}
