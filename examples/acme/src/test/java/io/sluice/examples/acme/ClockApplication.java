package io.sluice.examples.acme;

import io.sluice.testing.internal.Pebble;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The example in a container of its own. */
final class ClockApplication implements Closeable {

    static final String NAME = "clock.example";

    private static final int PATIENCE_MILLIS = 20_000;

    private final Map<String, String> properties;
    private final SeContainer container;
    private final int port;

    private ClockApplication(Map<String, String> properties, int port) {
        this.properties = properties;
        this.port = port;
        properties.forEach(System::setProperty);
        try {
            container = SeContainerInitializer.newInstance().initialize();
        } catch (RuntimeException e) {
            forget();
            throw e;
        }
    }

    static ClockApplication start(Pebble pebble, Path folder, int port, String... more) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "acme.directory", pebble.directory().toString(),
                "acme.domains", NAME,
                "acme.terms-agreed", "true",
                "acme.folder", folder.toString(),
                "sluice.ssl.acme.trust-store.pem.certs", Pebble.trust(),
                "sluice.endpoint.clock.port", String.valueOf(port),
                "sluice.endpoint.clock.address", "127.0.0.1"));
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        return new ClockApplication(properties, port);
    }

    /** Connects with a context, and returns the certificate that it has verified. */
    X509Certificate certificate(SSLContext trusting) throws IOException {
        try (SSLSocket socket =
                (SSLSocket) trusting.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.startHandshake();
            X509Certificate seen = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            if (socket.getInputStream().read() < 0) {
                throw new IOException("the clock does not tell the time");
            }
            return seen;
        }
    }

    private void forget() {
        properties.keySet().forEach(System::clearProperty);
    }

    @Override
    public void close() {
        container.close();
        forget();
    }
}
