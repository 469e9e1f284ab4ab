package io.sluice.examples.acme;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.provider.GenericAcmeProvider;

/** Connections to the ACME server, with the trust of a named context, for one session. */
final class AcmeServer extends GenericAcmeProvider implements AutoCloseable {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(20);

    private final SSLContext tls;
    private @Nullable HttpClient client;

    AcmeServer(SSLContext tls) {
        this.tls = tls;
    }

    Session session(URI directory) {
        Session session = new Session(directory, this);
        session.networkSettings().setTimeout(REQUEST_TIMEOUT);
        return session;
    }

    /** Called once for each session. */
    @Override
    public HttpClient createHttpClient(NetworkSettings settings) {
        HttpClient made = HttpClient.newBuilder()
                .sslContext(tls)
                .connectTimeout(settings.getTimeout())
                .proxy(settings.getProxySelector())
                .build();
        client = made;
        return made;
    }

    /** Ends the connections and the threads of the session. Before Java 21 the JDK does that by itself, soon after the client is garbage. */
    @Override
    public void close() {
        if (client instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException(e); // HttpClient.close() throws none.
            }
        }
    }
}
