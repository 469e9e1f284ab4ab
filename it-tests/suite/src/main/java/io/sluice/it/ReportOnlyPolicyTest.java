package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.context.SslContext;
import io.sluice.it.support.Application;
import io.sluice.it.support.DeploymentMessages;
import io.sluice.it.support.TestEngine;
import io.sluice.journal.HandshakeJournal;
import io.sluice.journal.PolicyReport;
import io.sluice.journal.PolicyViolator;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServers;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.KeyAlgorithm;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies that are only reported: each with a peer that violates it and one that does not. */
class ReportOnlyPolicyTest {

    private static final String WEB = "sluice.ssl.policy-web.";
    private static final String GOOD = "sluice.ssl.policy-good.";
    private static final String BAD = "sluice.ssl.policy-bad.";
    private static final String NETWORK = "127.0.0.0/24";

    private static TestAuthority authority;
    private static TestAuthority next;
    private static TestChain web;

    /** Echoes a byte. */
    @ApplicationScoped
    public static class Service {

        @Inject
        private HandshakeJournal journal;

        HandshakeJournal journal() {
            return journal;
        }

        @SocketEndpoint("policy-web")
        void serve(SocketStream stream) throws IOException {
            stream.output().write(stream.input().read());
        }
    }

    /** A policy with the settings of a server and two clients, and the name under which the one that violates it is listed. */
    record Row(String policy, Map<String, String> properties, String peer, String reason) {
        @Override
        public String toString() {
            return policy;
        }
    }

    @AutoClose
    private Application application;

    @BeforeAll
    static void issue() throws Exception {
        authority = TestAuthority.create("policies");
        next = TestAuthority.create("next");
        web = authority.issue("localhost");
    }

    private static Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>(key(WEB, "0", web));
        properties.put(WEB + "trust-store.pem.certs", authority.pem() + "," + next.pem());
        properties.put(GOOD + "trust-store.pem.certs", authority.pem());
        properties.put(BAD + "trust-store.pem.certs", authority.pem());
        properties.put("sluice.ssl.policy-next.trust-store.pem.certs", next.pem());
        properties.put("sluice.contexts", "policy-next");
        properties.put("sluice.endpoint.policy-web.port", "0");
        properties.put("sluice.endpoint.policy-web.address", "127.0.0.1");
        return properties;
    }

    private static Map<String, String> key(String context, String number, TestChain chain) {
        return Map.of(
                context + "key-store.pem." + number + ".cert", chain.pem(),
                context + "key-store.pem." + number + ".key", chain.keyPem());
    }

    private static Map<String, String> all(Map<String, String> one, Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(one);
        all.putAll(more);
        return all;
    }

    private static TestChain client(TestAuthority issuer, String name) throws Exception {
        return issuer.issue(CertificateProfile.of(name).subject("CN=" + name));
    }

    static Stream<Row> rows() throws Exception {
        return Stream.of(
                new Row("tls13", Map.of(BAD + "protocols", "TLSv1.2"), NETWORK, "TLSv1.2 was negotiated"),
                new Row(
                        "client-cert",
                        all(key(GOOD, "0", client(authority, "device-1")), Map.of(WEB + "client-auth", "want")),
                        NETWORK,
                        "it sent no certificate"),
                new Row(
                        "no-rsa",
                        all(
                                key(
                                        WEB,
                                        "1",
                                        authority.issue(CertificateProfile.of("localhost")
                                                .keyAlgorithm(KeyAlgorithm.RSA))),
                                Map.of(
                                        BAD + "protocols", "TLSv1.2",
                                        BAD + "cipher-suites", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")),
                        NETWORK,
                        "has an RSA key"),
                new Row(
                        "trust:policy-next",
                        all(
                                all(
                                        key(GOOD, "0", client(next, "device-2")),
                                        key(BAD, "0", client(authority, "device-3"))),
                                Map.of(WEB + "client-auth", "need")),
                        "CN=device-3",
                        "the trust of context 'policy-next' refuses its certificate"));
    }

    private void start(Map<String, String> changes) {
        application = Application.configured()
                .with(all(properties(), changes))
                .beans(Service.class)
                .start();
    }

    private void connect(String context) throws IOException {
        SocketStreamConnector connector = application
                .container()
                .select(SocketStreamConnector.class, SslContext.Literal.of(context))
                .get();
        int port = application
                .get(SocketServers.class)
                .named("policy-web")
                .orElseThrow()
                .address()
                .getPort();
        try (SocketStream stream =
                connector.open("localhost", port, SocketStream.class).orElseThrow()) {
            stream.output().write('a');
            assertThat(stream.input().read()).isEqualTo('a');
        }
    }

    private PolicyReport report(long checked) {
        HandshakeJournal journal = application.get(Service.class).journal();
        return Awaitility.await().until(() -> journal.policies().get(0), report -> report.checked() >= checked);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void policyCountsAndListsThoseWhoViolateIt(Row row) throws Exception {
        // BoringSSL's server does not choose its second key for this client.
        assumeTrue(TestEngine.isJsse() || !row.policy().equals("no-rsa"));
        start(all(row.properties(), Map.of(WEB + "policy.report-only", row.policy())));
        Instant before = Instant.now();

        connect("policy-good");
        connect("policy-bad");
        connect("policy-bad");

        PolicyReport report = report(3);
        assertThat(report.context()).isEqualTo("policy-web");
        assertThat(report.policy()).isEqualTo(row.policy());
        assertThat(report.checked()).isEqualTo(3);
        assertThat(report.violations()).isEqualTo(2);
        assertThat(report.unchecked()).isZero();
        assertThat(report.peers()).singleElement().satisfies(peer -> {
            assertThat(peer.peer()).isEqualTo(row.peer());
            assertThat(peer.count()).isEqualTo(2);
            assertThat(peer.reason()).contains(row.reason());
            assertThat(peer.last()).isAfterOrEqualTo(before);
        });
        assertThat(report.toString()).contains(row.policy(), row.peer(), "2 of 3 connections would be refused");
    }

    /** JDK 17 has no hybrid groups, so only BoringSSL has a peer that does not violate the policy. */
    @Test
    void policyOfHybridGroupsAsksWhatTheClientOffers() throws Exception {
        boolean isJdk = TestEngine.isJsse();
        start(all(
                Map.of(WEB + "policy.report-only", "pq"),
                isJdk ? Map.of() : Map.of(BAD + "key-exchange-groups", "x25519")));

        connect("policy-bad");
        assertThat(report(1).violations()).isEqualTo(isJdk && hasHybridGroups() ? 0 : 1);
        assumeFalse(isJdk);
        assertThat(report(1).peers())
                .extracting(PolicyViolator::reason)
                .containsExactly("keys were exchanged with x25519");

        connect("policy-good");
        assertThat(report(2).violations()).isEqualTo(1);
    }

    private static boolean hasHybridGroups() {
        return Runtime.version().feature() >= 27;
    }

    /** The server chose an old group, although the client offers a hybrid one. */
    @Test
    void clientThatOffersMoreThanTheServerTakesViolatesNothing() throws Exception {
        start(all(
                Map.of(WEB + "policy.report-only", "tls13,pq", WEB + "protocols", "TLSv1.2"),
                TestEngine.isJsse()
                        ? Map.of()
                        : Map.of(WEB + "protocols", "TLSv1.3,TLSv1.2", WEB + "key-exchange-groups", "x25519")));

        connect("policy-good");

        assertThat(report(1).violations()).isZero();
        assumeFalse(TestEngine.isJsse());
        HandshakeJournal journal = application.get(Service.class).journal();
        assertThat(journal.policies()).extracting(PolicyReport::violations).containsExactly(0L, 0L);
    }

    @Test
    void policyOfAClientListsServers() throws Exception {
        start(Map.of(WEB + "protocols", "TLSv1.2", GOOD + "policy.report-only", "tls13,trust:policy-next,client-cert"));

        connect("policy-good");

        HandshakeJournal journal = application.get(Service.class).journal();
        Awaitility.await().until(() -> journal.policies().get(1).checked() == 1);
        assertThat(journal.policies())
                .extracting(PolicyReport::policy)
                .containsExactly("tls13", "trust:policy-next", "client-cert");
        assertThat(journal.policies()).extracting(PolicyReport::violations).containsExactly(1L, 1L, 0L);
        assertThat(journal.policies().get(2).checked())
                .as("a policy about clients")
                .isZero();
        String server = web.leaf().certificate().getSubjectX500Principal().getName();
        assertThat(journal.policies().get(0).peers())
                .extracting(PolicyViolator::peer)
                .containsExactly(server);
    }

    @Test
    void clientThatNobodyAskedIsNotCounted() throws Exception {
        start(Map.of(WEB + "policy.report-only", "tls13,client-cert"));

        connect("policy-good");

        assertThat(report(1).policy()).isEqualTo("tls13");
        HandshakeJournal journal = application.get(Service.class).journal();
        assertThat(journal.policies()).extracting(PolicyReport::checked).containsExactly(1L, 0L);
    }

    @ParameterizedTest
    @CsvSource({"false, device-6", "true, 127.0.0.0/24"})
    void peerWithoutASubjectIsListedByAnotherName(String mask, String name) throws Exception {
        start(all(
                key(BAD, "0", authority.issue(CertificateProfile.of("device-6").subject(""))),
                Map.of(
                        "sluice.journal.mask",
                        mask,
                        WEB + "client-auth",
                        "need",
                        WEB + "policy.report-only",
                        "trust:policy-next")));

        connect("policy-bad");

        assertThat(report(1).peers()).extracting(PolicyViolator::peer).containsExactly(name);
    }

    @Test
    void maskedPolicyNamesNetworks() throws Exception {
        start(all(
                key(BAD, "0", client(authority, "device-4")),
                Map.of(
                        "sluice.journal.mask",
                        "true",
                        WEB + "client-auth",
                        "need",
                        WEB + "policy.report-only",
                        "trust:policy-next")));

        connect("policy-bad");

        assertThat(report(1).peers()).extracting(PolicyViolator::peer).containsExactly(NETWORK);
        assertThat(report(1).toString()).doesNotContain("device-4");
    }

    @Test
    void resumedConnectionsAreCheckedToo() throws Exception {
        start(all(
                key(BAD, "0", client(authority, "device-5")),
                Map.of(WEB + "client-auth", "need", WEB + "policy.report-only", "trust:policy-next")));
        for (int i = 0; i < 5; i++) {
            connect("policy-bad");
        }

        assertThat(report(5).violations()).isEqualTo(5);
        assertThat(report(5).peers()).extracting(PolicyViolator::peer).containsExactly("CN=device-5");
    }

    private String problems(Map<String, String> changes) {
        return DeploymentMessages.by(catchThrowable(() -> start(changes)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls14", "trust:", "TLS13"})
    void unknownPolicyIsAProblem(String word) {
        assertThat(problems(Map.of(WEB + "policy.report-only", "tls13," + word)))
                .contains(
                        WEB + "policy.report-only",
                        "there is no policy '" + word + "'",
                        "Use tls13, pq, client-cert, no-rsa, trust:<context>");
    }

    @Test
    void unknownContextIsAProblemBesideOthers() {
        Map<String, String> changes = Map.of(
                WEB + "policy.report-only",
                "trust:policy-nxt",
                GOOD + "policy.report-only",
                "nothing",
                "sluice.journal.size",
                "1001",
                "sluice.journal.sise",
                "3");

        assertThat(problems(changes))
                .contains(
                        "found 4 problems",
                        "context 'policy-nxt', which does not exist (did you mean",
                        "there is no policy 'nothing'",
                        "'1001' is not a whole number from 0 to 1000",
                        "there is no such property (did you mean sluice.journal.size");
    }
}
