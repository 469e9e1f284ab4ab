package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContext;
import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslContexts;
import io.sluice.it.support.Application;
import io.sluice.it.support.Injectable;
import io.sluice.it.support.TwoContexts;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.testing.SocketPair;
import io.sluice.testing.internal.SocketKind;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Injected objects have all configured parameters, host identification on the client side only, and no {@code @Default}. */
class ViewsTest {

    private final TwoContexts contexts = new TwoContexts();

    @Dependent
    static class Queue {
        @Inject
        @SslContext("queue")
        SSLContext context;

        @Inject
        @SslContext("queue")
        SSLSocketFactory sockets;

        @Inject
        @SslContext("queue")
        SSLServerSocketFactory serverSockets;

        @Inject
        @SslContext("queue")
        SSLParameters parameters;

        @Inject
        @SslContext("queue")
        SSLParameters otherParameters;
    }

    @Dependent
    static class DefaultAndNone {
        @Inject
        @SslContext
        SslContextSpecifier jdk;

        @Inject
        @SslContext
        SSLContext jdkContext;

        @Inject
        @SslContext
        SSLParameters jdkParameters;

        @Inject
        @SslContext("none")
        SslContextSpecifier plain;

        @Inject
        @SslContext("none")
        SocketStreamCreator creator;

        @Inject
        @SslContext("none")
        SocketStreamConnector connector;
    }

    private Application start(Class<?> bean) {
        return Application.configured()
                .with(contexts.properties())
                .with("sluice.ssl.queue.client-auth", "need")
                .with("sluice.ssl.queue.cipher-suites", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")
                .beans(bean)
                .start();
    }

    @ParameterizedTest
    @EnumSource
    void resolveWithoutTheQualifierFindsNothing(Injectable injectable) {
        try (Application application = start(Queue.class)) {
            BeanManager beans = application.container().getBeanManager();

            assertThat(beans.getBeans(injectable.type())).isEmpty();
            assertThat(beans.getBeans(injectable.type(), Default.Literal.INSTANCE))
                    .isEmpty();
            assertThat(beans.getBeans(injectable.type(), SslContext.Literal.of("queue")))
                    .hasSize(1);
        }
    }

    @Test
    void parametersAreAFreshCopyAtEachPoint() {
        try (Application application = start(Queue.class)) {
            Queue queue = application.get(Queue.class);
            queue.parameters.setProtocols(new String[] {"TLSv1.3"});

            assertThat(queue.otherParameters).isNotSameAs(queue.parameters);
            assertThat(queue.otherParameters.getProtocols()).containsExactly("TLSv1.2");
            assertThat(application.get(Queue.class).parameters.getProtocols()).containsExactly("TLSv1.2");
        }
    }

    @Test
    void parametersAreForClientsAndCarryEverything() {
        try (Application application = start(Queue.class)) {
            SSLParameters parameters = application.get(Queue.class).parameters;

            assertThat(parameters.getEndpointIdentificationAlgorithm()).isEqualTo("HTTPS");
            assertCarriesAll(parameters);
        }
    }

    @Test
    void socketsAreForClientsAndCarryEverything() throws IOException {
        try (Application application = start(Queue.class);
                SocketPair pair = SocketKind.SOCKET.pair()) {
            SSLSocketFactory factory = application.get(Queue.class).sockets;
            try (SSLSocket layered = (SSLSocket) factory.createSocket(pair.near(), "localhost", 1, true);
                    SSLSocket unconnected = (SSLSocket) factory.createSocket()) {
                for (SSLSocket socket : new SSLSocket[] {layered, unconnected}) {
                    assertThat(socket.getSSLParameters().getEndpointIdentificationAlgorithm())
                            .isEqualTo("HTTPS");
                    assertCarriesProtocolAndSuite(socket.getSSLParameters());
                }
            }
        }
    }

    @Test
    void serverSocketsCarryEverythingButHostIdentification() throws IOException {
        try (Application application = start(Queue.class)) {
            SSLServerSocketFactory factory = application.get(Queue.class).serverSockets;
            try (SSLServerSocket bound =
                            (SSLServerSocket) factory.createServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    SSLServerSocket unbound = (SSLServerSocket) factory.createServerSocket()) {
                unbound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                for (SSLServerSocket listener : new SSLServerSocket[] {bound, unbound}) {
                    assertThat(listener.getSSLParameters().getEndpointIdentificationAlgorithm())
                            .isNull();
                    assertCarriesAll(listener.getSSLParameters());
                    try (Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
                            SSLSocket accepted = (SSLSocket) listener.accept()) {
                        assertThat(client.isConnected()).isTrue();
                        assertThat(accepted.getSSLParameters().getEndpointIdentificationAlgorithm())
                                .isNull();
                        assertCarriesAll(accepted.getSSLParameters());
                    }
                }
            }
        }
    }

    @Test
    void enginesCarryEverythingAndIdentifyHostsAsClientsOnly() {
        try (Application application = start(Queue.class)) {
            SSLContext context = application.get(Queue.class).context;
            SSLEngine server = context.createSSLEngine();
            server.setUseClientMode(false);
            SSLEngine client = context.createSSLEngine("localhost", 1);
            client.setUseClientMode(true);

            assertCarriesAll(server.getSSLParameters());
            assertThat(server.getSSLParameters().getEndpointIdentificationAlgorithm())
                    .isNullOrEmpty();
            assertCarriesProtocolAndSuite(client.getSSLParameters());
            assertThat(client.getSSLParameters().getEndpointIdentificationAlgorithm())
                    .isEqualTo("HTTPS");
        }
    }

    private static void assertCarriesAll(SSLParameters parameters) {
        assertCarriesProtocolAndSuite(parameters);
        assertThat(parameters.getNeedClientAuth()).isTrue();
    }

    private static void assertCarriesProtocolAndSuite(SSLParameters parameters) {
        assertThat(parameters.getProtocols()).containsExactly("TLSv1.2");
        assertThat(parameters.getCipherSuites()).containsExactly("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
        assertThat(parameters.getApplicationProtocols()).containsExactly("queue");
    }

    @Test
    void defaultIsTheJdksContextWithHostIdentification() throws Exception {
        try (Application application = start(DefaultAndNone.class)) {
            DefaultAndNone it = application.get(DefaultAndNone.class);
            SSLParameters jdk = SSLContext.getDefault().getDefaultSSLParameters();

            assertThat(it.jdk.description()).isEqualTo("context 'default'");
            assertThat(it.jdk.isPlain()).isFalse();
            assertThat(it.jdkParameters.getProtocols()).containsExactly(jdk.getProtocols());
            assertThat(it.jdkParameters.getCipherSuites()).containsExactly(jdk.getCipherSuites());
            assertThat(it.jdkParameters.getEndpointIdentificationAlgorithm()).isEqualTo("HTTPS");
            SSLSessionContext sessions = SSLContext.getDefault().getClientSessionContext();
            int size = sessions.getSessionCacheSize();
            sessions.setSessionCacheSize(size + 1);
            try {
                assertThat(it.jdkContext.getClientSessionContext().getSessionCacheSize())
                        .as("the sessions of the JDK's context")
                        .isEqualTo(size + 1);
            } finally {
                sessions.setSessionCacheSize(size);
            }
        }
    }

    @Test
    void noneIsPlainOnBothSides() throws Exception {
        try (Application application = start(DefaultAndNone.class);
                ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            DefaultAndNone it = application.get(DefaultAndNone.class);

            assertThat(it.plain.isPlain()).isTrue();
            assertThat(application.get(SslContexts.class).get("none").isPlain()).isTrue();
            try (SocketStream client = it.connector
                            .open("localhost", listener.getLocalPort(), SocketStream.class)
                            .orElseThrow();
                    SocketStream server = it.creator
                            .create(listener.accept(), SocketStream.class)
                            .orElseThrow()) {
                client.writer().write("plain\n");
                client.writer().flush();
                assertThat(server.reader().readLine()).isEqualTo("plain");
                assertThat(server.tls()).isEmpty();
                assertThat(client.tls()).isEmpty();
            }
        }
    }
}
