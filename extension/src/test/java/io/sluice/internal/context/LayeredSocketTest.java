package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.context.NamedSslContext;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that layer TLS over their own socket: an injected factory works like that of the JDK, and verifies the host. */
class LayeredSocketTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestChain HERE = AUTHORITY.issue("here.test");
    private static final int TIMEOUT_MILLIS = 30_000;

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });
    private Server server;

    @BeforeEach
    void serve() throws Exception {
        server = new Server();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        threads.shutdownNow();
    }

    private static SSLSocketFactory injected(String protocol) {
        return NamedContexts.web("trust-store.pem.certs", AUTHORITY.pem(), "protocols", protocol)
                .socketFactory();
    }

    private static SSLSocketFactory ofTheJdk(String protocol) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", AUTHORITY.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance(protocol);
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    /** Serves {@code here.test}, one request per connection, and records the server names that arrive. */
    private final class Server implements Closeable {

        private final SSLServerSocket listening;
        private final Future<List<String>> first;

        Server() throws IOException {
            NamedSslContext context = NamedContexts.web(
                    "key-store.pem.0.cert",
                    HERE.pem(),
                    "key-store.pem.0.key",
                    HERE.keyPem(),
                    "protocols",
                    "TLSv1.3,TLSv1.2");
            listening = (SSLServerSocket)
                    context.serverSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
            first = threads.submit(this::one);
        }

        private List<String> one() throws IOException {
            try (SSLSocket socket = (SSLSocket) listening.accept()) {
                socket.setSoTimeout(TIMEOUT_MILLIS);
                List<String> names = new ArrayList<>();
                try {
                    socket.startHandshake();
                    ((ExtendedSSLSession) socket.getSession())
                            .getRequestedServerNames().stream()
                                    .map(name -> ((SNIHostName) name).getAsciiName())
                                    .forEach(names::add);
                    head(socket.getInputStream());
                    socket.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi"
                                    .getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) { // The alert, or a broken pipe.
                    names.add("refused by the client");
                }
                return names;
            }
        }

        List<String> names() throws Exception {
            return first.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }

    /** Reads up to the empty line. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new SSLException("ended before the request did");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** Connects to the server, whatever the requested host is. */
    private final class ConnectProxy implements Closeable {

        private final ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final Future<String> asked = threads.submit(this::one);

        ConnectProxy() throws IOException {}

        private String one() throws Exception {
            try (Socket client = listening.accept();
                    Socket target = new Socket(server.listening.getInetAddress(), server.listening.getLocalPort())) {
                String asked = head(client.getInputStream());
                client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                Future<?> back = threads.submit(() -> copy(target, client));
                copy(client, target);
                back.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
                return asked.lines().findFirst().orElse("");
            }
        }

        private void copy(Socket from, Socket to) {
            try {
                from.getInputStream().transferTo(to.getOutputStream());
                to.shutdownOutput();
            } catch (IOException e) {
                // One of them has ended, and the other one will.
            }
        }

        Proxy address() {
            return new Proxy(
                    Proxy.Type.HTTP, new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort()));
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }

    static Stream<Arguments> factories() {
        return Stream.of("TLSv1.3", "TLSv1.2")
                .flatMap(protocol -> Stream.of("the JDK's", "injected")
                        .flatMap(factory -> Stream.of("here.test", "elsewhere.test")
                                .map(host -> Arguments.of(protocol, factory, host))));
    }

    @ParameterizedTest(name = "{0}, {1} factory, {2}")
    @MethodSource("factories")
    void urlConnectionThroughAProxyChecksAndSendsTheHost(String protocol, String factory, String host)
            throws Exception {
        try (ConnectProxy proxy = new ConnectProxy()) {
            HttpsURLConnection connection = (HttpsURLConnection)
                    URI.create("https://" + host + ":4443/").toURL().openConnection(proxy.address());
            connection.setSSLSocketFactory(factory.equals("injected") ? injected(protocol) : ofTheJdk(protocol));
            connection.setReadTimeout(TIMEOUT_MILLIS);

            if (host.equals("here.test")) {
                assertThat(connection.getResponseCode()).isEqualTo(HttpURLConnection.HTTP_OK);
                assertThat(connection.getInputStream().readAllBytes()).hasSize(2);
                assertThat(server.names()).containsExactly("here.test");
            } else {
                assertThat(catchThrowable(connection::getResponseCode))
                        .isInstanceOf(SSLHandshakeException.class)
                        .hasMessageContaining("No subject alternative DNS name matching " + host);
                assertThat(server.names()).last().isEqualTo("refused by the client");
            }
            connection.disconnect();
            assertThat(proxy.asked.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS))
                    .isEqualTo("CONNECT " + host + ":4443 HTTP/1.1");
        }
    }

    /** What drivers set on their layered socket: nothing (pgjdbc), HTTPS (Angus Mail), or parameters of their user (Jedis). */
    private enum Driver {
        SETS_NOTHING {
            @Override
            void set(SSLSocket socket) {}
        },
        SETS_HTTPS {
            @Override
            void set(SSLSocket socket) {
                identification(socket, "HTTPS");
            }
        },
        SETS_NEW_PARAMETERS {
            @Override
            void set(SSLSocket socket) {
                socket.setSSLParameters(new SSLParameters());
            }
        },
        TURNS_THE_CHECK_OFF {
            @Override
            void set(SSLSocket socket) {
                identification(socket, "");
            }
        };

        abstract void set(SSLSocket socket);

        static void identification(SSLSocket socket, String algorithm) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm(algorithm);
            socket.setSSLParameters(parameters);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SETS_NOTHING, TLSv1.3, true, false",
        "SETS_NOTHING, TLSv1.2, true, false",
        "SETS_HTTPS, TLSv1.3, false, false",
        "SETS_HTTPS, TLSv1.2, false, false",
        "SETS_NEW_PARAMETERS, TLSv1.3, true, false",
        "SETS_NEW_PARAMETERS, TLSv1.2, true, false",
        "TURNS_THE_CHECK_OFF, TLSv1.3, true, true",
        "TURNS_THE_CHECK_OFF, TLSv1.2, true, true"
    })
    void driverGetsTheJdksSocketThatChecksTheHost(
            Driver driver, String protocol, boolean jdkTakesAnotherHost, boolean injectedTakesAnotherHost)
            throws Exception {
        assertThat(connects(driver, injected(protocol), "here.test")).isTrue();
        assertThat(server.names()).containsExactly("here.test");
        assertThat(connects(driver, injected(protocol), "elsewhere.test")).isEqualTo(injectedTakesAnotherHost);
        assertThat(connects(driver, ofTheJdk(protocol), "here.test")).isTrue();
        assertThat(connects(driver, ofTheJdk(protocol), "elsewhere.test")).isEqualTo(jdkTakesAnotherHost);
    }

    private boolean connects(Driver driver, SSLSocketFactory factory, String host) throws Exception {
        Future<List<String>> served = server.first.isDone() ? threads.submit(server::one) : server.first;
        try (Socket plain = new Socket(server.listening.getInetAddress(), server.listening.getLocalPort())) {
            plain.setSoTimeout(TIMEOUT_MILLIS);
            Socket layered = factory.createSocket(plain, host, 4443, true);
            assertThat(layered)
                    .isInstanceOf(SSLSocket.class)
                    .hasSameClassAs(ofTheJdk("TLS").createSocket());
            try (SSLSocket socket = (SSLSocket) layered) {
                driver.set(socket);
                socket.startHandshake();
                assertThat(socket.getSession().getPeerHost()).isEqualTo(host);
                socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .endsWith("hi");
                return true;
            }
        } catch (SSLHandshakeException e) {
            assertThat(e).hasMessageContaining("No subject alternative DNS name matching " + host);
            return false;
        } finally {
            served.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
