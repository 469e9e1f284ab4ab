package io.sluice.server;

import io.sluice.internal.tls.TransportException;
import io.sluice.internal.transport.AcceptedSocket;
import io.sluice.internal.transport.RawSocket;
import io.sluice.internal.transport.TlsLimits;
import io.sluice.internal.transport.TlsTransport;
import io.sluice.server.TlsAlpnChallenges.Challenge;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** A challenge with a context of its own, which knows its certificate only. Thread-safe. */
final class OpenChallenge implements Challenge {

    /** Authorities validate within seconds. A challenge that was never closed must not cost every later connection its look. */
    static final Duration LONGEST = Duration.ofHours(1);

    static final String PROTOCOL = "acme-tls/1";

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final String serverName;
    private final SSLContext context;
    private final Consumer<OpenChallenge> onClose;
    private final long opened = System.nanoTime();
    private final LongAdder answers = new LongAdder();

    OpenChallenge(String serverName, X509Certificate certificate, PrivateKey key, Consumer<OpenChallenge> onClose) {
        this.serverName = serverName;
        this.context = context(certificate, key);
        this.onClose = onClose;
    }

    private static SSLContext context(X509Certificate certificate, PrivateKey key) {
        char[] password = "one-time".toCharArray(); // The store never leaves the memory.
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("challenge", key, password, new Certificate[] {certificate});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "this JVM's TLS cannot use the key of the challenge: " + e.getMessage() + ". Use an EC or RSA key",
                    e);
        }
    }

    boolean isOverdue() {
        return System.nanoTime() - opened > LONGEST.toNanos();
    }

    /** Performs the handshake, and ends the connection. */
    void answer(AcceptedSocket socket, Duration limit) throws TransportException {
        RawSocket raw = RawSocket.take(socket);
        TlsTransport transport =
                new TlsTransport(raw, engine(), new TlsLimits(limit, raw.takeWaited(), CLOSE_TIMEOUT), () -> {});
        try {
            transport.handshake();
            answers.increment();
        } finally {
            transport.close();
        }
    }

    /** RFC 8737, 3: TLS 1.2 or later, and no other application protocol. */
    private SSLEngine engine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {PROTOCOL});
        parameters.setProtocols(Stream.of(parameters.getProtocols())
                .filter(version -> version.equals("TLSv1.2") || version.equals("TLSv1.3"))
                .toArray(String[]::new));
        engine.setSSLParameters(parameters);
        return engine;
    }

    @Override
    public String serverName() {
        return serverName;
    }

    @Override
    public long answers() {
        return answers.sum();
    }

    @Override
    public void close() {
        onClose.accept(this);
    }

    @Override
    public String toString() {
        return "tls-alpn-01 challenge for " + serverName;
    }
}
