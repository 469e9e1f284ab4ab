package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.sluice.context.SslContext;
import io.sluice.it.support.Application;
import io.sluice.management.CertificateInfo;
import io.sluice.management.ContextInfo;
import io.sluice.management.FailureInfo;
import io.sluice.management.ServerInfo;
import io.sluice.management.SluiceMXBean;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServers;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.testing.TestCertificate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.ECKey;
import java.time.Instant;
import java.util.Map;
import javax.management.Attribute;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The MXBean, its structure and its JSON, as JMX clients and the application see them. */
class ManagementTest {

    private static final TestCertificate SERVER = TestCertificate.ec("localhost");
    private static final TestCertificate DEVICE = TestCertificate.ec("device-7");
    private static final MBeanServer MBEANS = ManagementFactory.getPlatformMBeanServer();

    @ApplicationScoped
    public static class Services {

        @Inject
        @SslContext("managed-client")
        SocketStreamConnector connector;

        @Inject
        SluiceMXBean sluice;

        @SocketEndpoint("managed-web")
        void encrypted(SocketStream stream) throws IOException {
            stream.input().transferTo(stream.output());
        }

        SocketStream open(InetSocketAddress address) throws IOException {
            return connector
                    .open("localhost", address.getPort(), SocketStream.class)
                    .orElseThrow();
        }

        String json() {
            return sluice.getJson();
        }

        String name() {
            return sluice.getApplication();
        }
    }

    @TempDir
    Path directory;

    @AutoClose
    private Application application;

    private Services services;
    private SluiceMXBean remote;
    private Path certificate;

    @BeforeEach
    void start() throws Exception {
        certificate = Files.writeString(directory.resolve("cert.pem"), SERVER.certificatePem());
        application = application();
        services = application.get(Services.class);
        remote = JMX.newMXBeanProxy(MBEANS, objectName(services), SluiceMXBean.class);
    }

    private Application application(String... more) {
        return Application.configured(
                        "sluice.ssl.managed-web.key-store.pem.0.cert", certificate.toString(),
                        "sluice.ssl.managed-web.key-store.pem.0.key", SERVER.keyPem(),
                        "sluice.ssl.managed-web.trust-store.pem.certs", DEVICE.certificatePem(),
                        "sluice.ssl.managed-web.client-auth", "want",
                        "sluice.ssl.managed-web.policy.report-only", "trust:managed-client",
                        "sluice.ssl.managed-client.key-store.pem.0.cert", DEVICE.certificatePem(),
                        "sluice.ssl.managed-client.key-store.pem.0.key", DEVICE.keyPem(),
                        "sluice.ssl.managed-client.trust-store.pem.certs", SERVER.certificatePem(),
                        "sluice.endpoint.managed-web.port", "0",
                        "sluice.endpoint.managed-web.address", "127.0.0.1",
                        "sluice.endpoint.managed-web.max-connections", "7")
                .with(more)
                .beans(Services.class)
                .start();
    }

    private static ObjectName objectName(Services services) throws Exception {
        return new ObjectName("io.sluice:type=Sluice,application=" + ObjectName.quote(services.name()));
    }

    private InetSocketAddress address() {
        return application
                .get(SocketServers.class)
                .named("managed-web")
                .orElseThrow()
                .address();
    }

    private static ContextInfo context(SluiceMXBean sluice) {
        return sluice.getContexts().stream()
                .filter(context -> context.getName().equals("managed-web"))
                .findAny()
                .orElseThrow();
    }

    @Test
    void contextHasItsCertificatesAndItsGeneration() {
        Awaitility.await().until(() -> context(remote).getNextLook() != null);
        ContextInfo context = context(remote);
        assertThat(context.getGeneration()).isEqualTo(1);
        assertThat(Instant.parse(context.getLoadedAt())).isBeforeOrEqualTo(Instant.now());
        assertThat(Instant.parse(context.getNextLook())).isAfter(Instant.parse(context.getLoadedAt()));
        assertThat(context.getSources()).contains(certificate.toString());
        assertThat(context.getProblems()).isEmpty();
        CertificateInfo own = context.getKeys().get(0).getChain().get(0);
        assertThat(own.getSubject()).contains("localhost");
        assertThat(own.getSerialNumber())
                .isEqualTo(SERVER.certificate().getSerialNumber().toString(16));
        assertThat(Instant.parse(own.getNotAfter()))
                .isEqualTo(SERVER.certificate().getNotAfter().toInstant());
        assertThat(own.getKeyAlgorithm()).isEqualTo("EC");
        assertThat(own.getKeyBits())
                .isEqualTo(((ECKey) SERVER.certificate().getPublicKey())
                        .getParams()
                        .getOrder()
                        .bitLength());
        assertThat(own.getSignatureAlgorithm()).isEqualTo(SERVER.certificate().getSigAlgName());
        assertThat(context.getTrust())
                .extracting(CertificateInfo::getSubject)
                .containsExactly(DEVICE.certificate().getSubjectX500Principal().getName());
    }

    @Test
    void serverHasItsLimitsItsCountsAndItsConnections() throws Exception {
        try (SocketStream stream = services.open(address())) {
            stream.output().write(1);
            assertThat(stream.input().read()).isEqualTo(1);
            ServerInfo server = remote.getServers().get(0);
            assertThat(server.getName()).isEqualTo("managed-web");
            assertThat(server.isEndpoint()).isTrue();
            assertThat(server.getState()).isEqualTo("RUNNING");
            assertThat(server.getAddress()).isEqualTo("127.0.0.1:" + address().getPort());
            assertThat(server.getContext()).isEqualTo("managed-web");
            assertThat(server.getMaxConnections()).isEqualTo(7);
            assertThat(server.getCounts().getAccepted()).isEqualTo(1);
            assertThat(server.getCounts().getGenerations()).isEqualTo(Map.of(1L, 1));
            assertThat(server.getConnections()).singleElement().satisfies(connection -> {
                assertThat(connection.getPeer())
                        .isEqualTo("127.0.0.1:" + stream.localAddress().getPort());
                assertThat(connection.getBytesReceived()).isPositive();
                assertThat(connection.getProtocol()).isEqualTo("TLSv1.3");
                assertThat(connection.getResumed()).isFalse();
                assertThat(connection.getGroup()).isNotBlank();
                assertThat(connection.getCaller())
                        .isEqualTo(
                                DEVICE.certificate().getSubjectX500Principal().getName());
            });
        }
    }

    @Test
    void failuresAreCountedByKind() throws Exception {
        try (Socket socket = new Socket(address().getAddress(), address().getPort())) {
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Awaitility.await()
                    .untilAsserted(() -> assertThat(
                                    remote.getServers().get(0).getCounts().getFailed())
                            .isEqualTo(Map.of("NOT_TLS", 1L)));
        }
    }

    @Test
    void journalAndPoliciesAreReported() throws Exception {
        try (Socket socket = new Socket(address().getAddress(), address().getPort())) {
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Awaitility.await().until(() -> !remote.getJournal().isEmpty());
        }
        FailureInfo failure = remote.getJournal().get(0);
        assertThat(failure.getKind()).isEqualTo("NOT_TLS");
        assertThat(failure.getEndpoint()).isEqualTo("managed-web");
        assertThat(failure.getSide()).isEqualTo("SERVER");
        assertThat(failure.getRemedy()).isNotBlank();
        try (SocketStream stream = services.open(address())) {
            stream.output().write(1);
            assertThat(stream.input().read()).isEqualTo(1);
        }
        assertThat(remote.getPolicies()).singleElement().satisfies(policy -> {
            assertThat(policy.getContext()).isEqualTo("managed-web");
            assertThat(policy.getPolicy()).isEqualTo("trust:managed-client");
            assertThat(policy.getPeers()).isNotNull();
        });
        JsonObject document = JsonParser.parseString(remote.getJson()).getAsJsonObject();
        JsonObject entry = document.getAsJsonArray("journal").get(0).getAsJsonObject();
        assertThat(entry.get("kind").getAsString()).isEqualTo("NOT_TLS");
        assertThat(entry.getAsJsonObject("server").getAsJsonArray("versions")).isNotEmpty();
        assertThat(document.getAsJsonArray("policies")).hasSize(1);
    }

    /** A JMX client without Sluice's classes sees the same. */
    @Test
    void attributesAreOpenData() throws Exception {
        Object contexts = MBEANS.getAttribute(objectName(services), "Contexts");
        assertThat((CompositeData[]) contexts)
                .extracting(context -> context.get("name"))
                .contains("managed-client", "managed-web");
        assertThat(MBEANS.getAttributes(objectName(services), new String[] {"Servers", "Version", "Application"})
                        .asList())
                .extracting(Attribute::getName)
                .containsExactly("Servers", "Version", "Application");
    }

    @Test
    void jsonHasTheSameFactsAndNoSecret() throws Exception {
        try (SocketStream stream = services.open(address())) {
            stream.output().write(1);
            assertThat(stream.input().read()).isEqualTo(1);
            String json = remote.getJson();
            JsonObject document = JsonParser.parseString(json).getAsJsonObject();
            assertThat(document.get("application").getAsString()).isEqualTo(services.name());
            assertThat(Instant.parse(document.get("time").getAsString())).isBeforeOrEqualTo(Instant.now());
            JsonObject server = document.getAsJsonArray("servers").get(0).getAsJsonObject();
            assertThat(server.get("endpoint").getAsBoolean()).isTrue();
            assertThat(server.getAsJsonObject("counts")
                            .getAsJsonObject("generations")
                            .get("1")
                            .getAsInt())
                    .isEqualTo(1);
            JsonObject connection = server.getAsJsonArray("connections").get(0).getAsJsonObject();
            assertThat(connection.get("caller").getAsString()).contains("device-7");
            ContextInfo context = context(remote);
            assertThat(new Gson().toJson(document))
                    .contains(context.getKeys().get(0).getChain().get(0).getFingerprint());
            assertThat(json).doesNotContain("PRIVATE KEY").doesNotContain("\n");
        }
        assertThat(JsonParser.parseString(services.json()).getAsJsonObject().keySet())
                .isEqualTo(JsonParser.parseString(remote.getJson())
                        .getAsJsonObject()
                        .keySet());
    }

    @Test
    void reloadUsesNewMaterialOrReportsItsProblems() throws Exception {
        remote.reload("managed-web");
        assertThat(context(remote).getGeneration()).isEqualTo(2);
        Files.writeString(certificate, "no certificate");
        assertThatThrownBy(() -> remote.reload("managed-web"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(certificate.toString());
        assertThat(context(remote).getGeneration()).isEqualTo(2);
        assertThat(context(remote).getProblems()).isNotEmpty();
        assertThatThrownBy(() -> remote.reload("managed-wep"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("managed-web");
    }

    @Test
    void nameIsConfiguredAndRegistrationCanBeOff() throws Exception {
        try (Application named = application("sluice.management.name", "a \"shop\"")) {
            assertThat(MBEANS.isRegistered(objectName(named.get(Services.class))))
                    .isTrue();
            assertThat(named.get(Services.class).name()).isEqualTo("a \"shop\"");
        }
        try (Application off =
                application("sluice.management.enabled", "false", "sluice.management.name", "unregistered")) {
            assertThat(MBEANS.queryNames(new ObjectName("io.sluice:type=Sluice,application=\"unregistered*\""), null))
                    .isEmpty();
            assertThat(off.get(Services.class).json()).startsWith("{\"application\":\"unregistered\"");
        }
    }

    @Test
    void eachApplicationHasItsOwnUntilItEnds() throws Exception {
        ObjectName first = objectName(services);
        ObjectName other;
        try (Application second = application()) {
            other = objectName(second.get(Services.class));
            assertThat(other).isNotEqualTo(first);
            assertThat(MBEANS.isRegistered(other)).isTrue();
        }
        assertThat(MBEANS.isRegistered(other)).isFalse();
        assertThat(MBEANS.isRegistered(first)).isTrue();
    }
}
