package io.sluice.internal.jsse;

import io.sluice.internal.settings.ClientAuth;
import io.sluice.internal.settings.ParameterSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** The two sets of parameters of a context: one for its clients, which check the host's name, and one for its servers, which must not. */
public final class EngineParameters {

    /** The default identification of hosts. */
    public static final String HTTPS = "HTTPS";

    /** No identification. If null is set, an engine or a socket keeps its algorithm. */
    public static final String NO_IDENTIFICATION = "";

    private final SSLParameters client;
    private final SSLParameters server;
    private final boolean suitesChosen;
    private final KeyExchange keyExchange;
    private final SSLParameters clientEngine;
    private final SSLParameters serverEngine;

    /** Unless the suites were chosen, they are those that the context's engines have anyway. */
    private EngineParameters(
            SSLParameters client, SSLParameters server, boolean suitesChosen, KeyExchange keyExchange) {
        this.client = client;
        this.server = server;
        this.suitesChosen = suitesChosen;
        this.keyExchange = keyExchange;
        this.clientEngine = forEngine(client);
        this.serverEngine = forEngine(server);
    }

    /** If suites were set, JSSE would look up each by its name for each connection. */
    private SSLParameters forEngine(SSLParameters parameters) {
        SSLParameters lean = copy(parameters);
        if (!suitesChosen) {
            lean.setCipherSuites(null);
        }
        return lean;
    }

    /** The parameters of a client's engine. They are shared, so they must not be changed. */
    public SSLParameters clientEngine() {
        return clientEngine;
    }

    /** The parameters of a server's engine. They are shared, so they must not be changed. */
    public SSLParameters serverEngine() {
        return serverEngine;
    }

    /** A new copy. */
    public SSLParameters client() {
        return copy(client);
    }

    /** A fresh copy. */
    public SSLParameters server() {
        return copy(server);
    }

    /** The context's own defaults; clients check the host's name. */
    public static EngineParameters defaults(SSLContext context) {
        return defaults(context.getDefaultSSLParameters());
    }

    /** Parameters that are the defaults of their context; clients check the host's name. */
    public static EngineParameters defaults(SSLParameters parameters) {
        return checkingHosts(copy(parameters), true);
    }

    /** One protocol only; clients check the host's name. */
    public static EngineParameters protocol(SSLContext context, String protocol) {
        return protocols(context, protocol);
    }

    /** TLS 1.3 and 1.2, the defaults of a configured context; clients check the host's name. */
    public static EngineParameters modern(SSLContext context) {
        return protocols(context, "TLSv1.3", "TLSv1.2");
    }

    private static EngineParameters protocols(SSLContext context, String... protocols) {
        SSLParameters parameters = context.getDefaultSSLParameters();
        parameters.setProtocols(protocols);
        return checkingHosts(parameters, !enginesHave(context, parameters.getCipherSuites()));
    }

    /** Usually true for a context that Sluice makes. The parameters of an application server may be stricter than its engines. */
    private static boolean enginesHave(SSLContext context, String[] suites) {
        SSLEngine engine = context.createSSLEngine();
        for (boolean client : new boolean[] {true, false}) {
            engine.setUseClientMode(client);
            if (!Arrays.equals(engine.getEnabledCipherSuites(), suites)) {
                return false;
            }
        }
        return true;
    }

    private static EngineParameters checkingHosts(SSLParameters server, boolean suitesChosen) {
        SSLParameters client = copy(server);
        client.setEndpointIdentificationAlgorithm(HTTPS);
        return of(client, server, suitesChosen, KeyExchange.DEFAULT);
    }

    /** The parameters of another context. */
    public static EngineParameters of(SSLParameters client, SSLParameters server) {
        return of(copy(client), copy(server), true, KeyExchange.DEFAULT);
    }

    /** The caller's parameters; for servers without host identification. */
    public static EngineParameters given(SSLParameters parameters) {
        return of(copy(parameters), copy(parameters), true, KeyExchange.DEFAULT);
    }

    private static EngineParameters of(
            SSLParameters client, SSLParameters server, boolean suitesChosen, KeyExchange keyExchange) {
        server.setEndpointIdentificationAlgorithm(null);
        return new EngineParameters(client, server, suitesChosen, keyExchange);
    }

    /** These parameters with everything configured on top. The settings' protocols and suites are known to the context. */
    public EngineParameters with(ParameterSettings settings) {
        SSLParameters clients = client();
        SSLParameters servers = server();
        apply(settings, clients);
        apply(settings, servers);
        identification(settings).ifPresent(clients::setEndpointIdentificationAlgorithm);
        return of(clients, servers, suitesChosen || settings.cipherSuites().isPresent(), keyExchange);
    }

    /** These parameters with what is negotiated in a key exchange. The context's engines support it. */
    public EngineParameters with(KeyExchange chosen) {
        SSLParameters clients = client();
        SSLParameters servers = server();
        chosen.set(clients);
        chosen.set(servers);
        return of(clients, servers, suitesChosen, chosen);
    }

    /** The protocol versions that a context enables with these parameters. */
    public List<String> protocols(SSLContext context) {
        String[] chosen = server.getProtocols();
        return List.of(
                chosen != null ? chosen : context.getDefaultSSLParameters().getProtocols());
    }

    /** What is negotiated in a key exchange. After the parameters are set, it completes an engine or socket. */
    public KeyExchange keyExchange() {
        return keyExchange;
    }

    /** These parameters, with servers that refuse every other server name with the alert unrecognized_name (RFC 6066, 3). */
    public EngineParameters accepting(SNIMatcher names) {
        SSLParameters servers = server();
        servers.setSNIMatchers(List.of(new ContextNameMatcher(names)));
        return of(client(), servers, suitesChosen, keyExchange);
    }

    /** The identification of hosts that is configured for clients. */
    public static Optional<String> identification(ParameterSettings settings) {
        return settings.hostnameVerification()
                .map(algorithm -> "NONE".equalsIgnoreCase(algorithm.value()) ? NO_IDENTIFICATION : algorithm.value());
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

    private static String[] array(List<String> list) {
        return list.toArray(String[]::new);
    }

    /** SSLParameters is mutable and cannot be cloned. */
    public static SSLParameters copy(SSLParameters from) {
        SSLParameters to = new SSLParameters();
        merge(from, to);
        return to;
    }

    /** Copies the values that are not null, as a socket's setSSLParameters does. */
    public static void merge(SSLParameters from, SSLParameters to) {
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
