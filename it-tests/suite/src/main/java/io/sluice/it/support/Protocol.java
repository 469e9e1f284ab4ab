package io.sluice.it.support;

import io.sluice.context.SslContextSpecifier;
import io.sluice.testing.TestCertificate;
import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** The protocol of a connection: the name of the context, and its only TLS version. */
public enum Protocol {
    PLAIN("none", ""),
    TLS12("tls12", "TLSv1.2"),
    TLS13("tls13", "TLSv1.3");

    public static final TestCertificate SERVER = TestCertificate.ec("localhost");
    private static final SSLContext SERVER_CONTEXT = SERVER.context();
    private static final SSLContext TRUSTING = SERVER.trustingContext();

    public final String context;
    public final String version;

    Protocol(String context, String version) {
        this.context = context;
        this.version = version;
    }

    public boolean isTls() {
        return this != PLAIN;
    }

    Protocol other() {
        return this == TLS12 ? TLS13 : TLS12;
    }

    /** The client's context, which trusts the server's certificate for localhost. */
    public SslContextSpecifier clientSpecifier() {
        if (!isTls()) {
            return SslContextSpecifier.plain();
        }
        SSLParameters parameters = parameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return SslContextSpecifier.of(TRUSTING, parameters);
    }

    /** The server's context, with a key that clients trust and this version only. */
    public SslContextSpecifier specifier() {
        return SslContextSpecifier.of(SERVER_CONTEXT, parameters());
    }

    /** The same as a configured context. */
    Map<String, String> properties() {
        String prefix = "sluice.ssl." + context + ".";
        return Map.of(
                prefix + "key-store.pem.0.cert", SERVER.certificatePem(),
                prefix + "key-store.pem.0.key", SERVER.keyPem(),
                prefix + "trust-store.pem.certs", SERVER.certificatePem(),
                prefix + "protocols", version);
    }

    /** The same, with a request for a client certificate. */
    SslContextSpecifier specifierWithClientAuth() {
        SSLParameters parameters = parameters();
        parameters.setNeedClientAuth(true);
        return SslContextSpecifier.of(SERVER_CONTEXT, parameters);
    }

    /** A context with trust and without a key, so that it cannot serve. */
    public SslContextSpecifier specifierWithoutKey() {
        return SslContextSpecifier.of(TRUSTING, parameters());
    }

    /** Creates an engine of a server for one connection. */
    public SSLEngine engineWithoutKey() {
        SSLEngine engine = TRUSTING.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(new String[] {version});
        return engine;
    }

    /** A context that requests a client certificate with an empty trust store. */
    SslContextSpecifier specifierWithoutTrust() {
        SSLParameters parameters = parameters();
        parameters.setNeedClientAuth(true);
        return SslContextSpecifier.of(SuppliedContexts.trustingNobody(SERVER), parameters);
    }

    private SSLParameters parameters() {
        SSLParameters parameters = SERVER_CONTEXT.getDefaultSSLParameters();
        parameters.setProtocols(new String[] {version});
        return parameters;
    }

    /** Connects with a JDK socket, and completes the handshake if this is TLS. */
    public Socket client(Socket far) throws IOException {
        return client(far, TRUSTING);
    }

    /** The same with another context. */
    public Socket client(Socket far, SSLContext context) throws IOException {
        if (!isTls()) {
            return far;
        }
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(far, "localhost", far.getPort(), true);
        socket.setEnabledProtocols(new String[] {version});
        socket.startHandshake();
        return socket;
    }
}
