package io.sluice.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContext;
import io.sluice.context.SslContexts;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServers;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.testing.TestCertificate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/** An application with something to measure: endpoints with and without TLS, with a limit, with a queue, and a connector. */
public final class MeteredApplication implements AutoCloseable {

    public static final TestCertificate SERVER = TestCertificate.ec("localhost");

    /** Echoes, or fails at an 'x'. */
    @ApplicationScoped
    public static class Services {

        @SocketEndpoint("metered-web")
        void encrypted(SocketStream stream) throws IOException {
            echo(stream);
        }

        @SocketEndpoint(value = "metered-refusing", ssl = "none")
        void refusing(SocketStream stream) throws IOException {
            echo(stream);
        }

        @SocketEndpoint(value = "metered-queueing", ssl = "metered-web")
        void queueing(SocketStream stream) throws IOException {
            echo(stream);
        }

        @SocketEndpoint(value = "metered-plain", ssl = "none")
        void plain(SocketStream stream) throws IOException {
            echo(stream);
        }

        private static void echo(SocketStream stream) throws IOException {
            InputStream in = stream.input();
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b == 'x') {
                    throw new IllegalStateException("on purpose");
                }
                stream.output().write(b);
            }
        }
    }

    /** Has a connector injected. */
    @ApplicationScoped
    public static class Points {

        @Inject
        @SslContext("metered-client")
        SocketStreamConnector connector;

        SocketStream open(InetSocketAddress server) throws IOException {
            return connector
                    .open("localhost", server.getPort(), SocketStream.class)
                    .orElseThrow();
        }
    }

    private final Application application;
    private final Path certificate;

    private MeteredApplication(Application application, Path certificate) {
        this.application = application;
        this.certificate = certificate;
    }

    /** Starts it with further beans. Its files are in the directory. */
    public static MeteredApplication start(Path directory, Class<?>... beans) throws IOException {
        Path certificate = directory.resolve("server.crt");
        Files.writeString(certificate, SERVER.certificatePem());
        Application application = Application.configured(
                        "sluice.ssl.metered-web.key-store.pem.0.cert", certificate.toString(),
                        "sluice.ssl.metered-web.key-store.pem.0.key", SERVER.keyPem(),
                        "sluice.ssl.metered-web.reload-period", "off",
                        "sluice.ssl.metered-client.trust-store.pem.certs", SERVER.certificatePem(),
                        "sluice.endpoint.metered-web.port", "0",
                        "sluice.endpoint.metered-web.address", "localhost",
                        "sluice.endpoint.metered-refusing.port", "0",
                        "sluice.endpoint.metered-refusing.address", "localhost",
                        "sluice.endpoint.metered-refusing.max-connections", "1",
                        "sluice.endpoint.metered-refusing.when-full", "refuse",
                        "sluice.endpoint.metered-plain.port", "0",
                        "sluice.endpoint.metered-plain.address", "localhost",
                        "sluice.endpoint.metered-queueing.port", "0",
                        "sluice.endpoint.metered-queueing.address", "localhost",
                        "sluice.endpoint.metered-queueing.max-connections", "1")
                .beans(Services.class, Points.class)
                .beans(beans)
                .start();
        return new MeteredApplication(application, certificate);
    }

    public Application application() {
        return application;
    }

    public InetSocketAddress address(String endpoint) {
        return application
                .get(SocketServers.class)
                .named(endpoint)
                .orElseThrow()
                .address();
    }

    /** A client without TLS. */
    public Socket plain(String endpoint) throws IOException {
        InetSocketAddress address = address(endpoint);
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    /** Connections with one context after another resume its session. */
    public void roundTrips(int count) throws IOException {
        SSLContext context = SERVER.trustingContext();
        for (int i = 0; i < count; i++) {
            InetSocketAddress address = address("metered-web");
            try (Socket socket = context.getSocketFactory().createSocket("localhost", address.getPort())) {
                socket.setSoTimeout(10_000);
                roundTrip(socket);
            }
        }
    }

    public static void roundTrip(Socket socket) throws IOException {
        socket.getOutputStream().write('a');
        assertThat(socket.getInputStream().read()).isEqualTo('a');
    }

    /** A connection of the injected connector to the endpoint with TLS. */
    public SocketStream open() throws IOException {
        return application.get(Points.class).open(address("metered-web"));
    }

    /** A connection of the injected connector to a port, which may not speak TLS. */
    public SocketStream openTo(int port) throws IOException {
        return application.get(Points.class).open(new InetSocketAddress("localhost", port));
    }

    /** A client that does not speak TLS. */
    public void failHandshake() throws IOException {
        try (Socket socket = plain("metered-web")) {
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // A reset is as good.
        }
    }

    /** Lets the code of an endpoint without TLS throw. */
    public void failCall() throws IOException {
        try (Socket socket = plain("metered-plain")) {
            socket.getOutputStream().write('x');
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // A reset is as good.
        }
    }

    /** Replaces the certificate of the endpoint by another text, and reloads its context. */
    public void reload(String pem) throws Exception {
        Files.writeString(certificate, pem);
        application.get(SslContexts.class).reload("metered-web");
    }

    @Override
    public void close() {
        application.close();
    }
}
