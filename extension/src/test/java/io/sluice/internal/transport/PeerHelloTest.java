package io.sluice.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.engine.JsseAdapter;
import io.sluice.internal.tls.EngineKind;
import io.sluice.internal.tls.EngineKind.Role;
import io.sluice.internal.tls.NegotiationMismatch;
import io.sluice.internal.tls.hello.PeerHello;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The parser of ClientHellos, with those of real engines and with other bytes. */
class PeerHelloTest {

    static Stream<Arguments> rows() {
        return EngineKind.general()
                .flatMap(kind -> Stream.of("TLSv1.2", "TLSv1.3").map(version -> Arguments.of(kind, version)));
    }

    private static byte[] clientHello(SSLEngine client) throws SSLException {
        ByteBuffer record = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
        client.wrap(ByteBuffer.allocate(0), record);
        return Arrays.copyOf(record.array(), record.position());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void clientsHelloTellsVersionsAndSuites(EngineKind kind, String version) throws Exception {
        SSLEngine client = kind.engine(TlsCase.CERTIFICATE, version, Role.CLIENT);
        try {
            PeerHello hello = NegotiationMismatch.hello(ByteBuffer.wrap(clientHello(client)))
                    .orElseThrow();
            assertThat(hello.versions()).containsExactly(version);
            assertThat(hello.cipherSuites())
                    .contains(
                            version.equals("TLSv1.3")
                                    ? "TLS_AES_128_GCM_SHA256"
                                    : "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")
                    .allMatch(name -> name.matches("TLS_\\w+|0x[0-9A-F]{4}"));
            assertThat(hello.groups()).contains("x25519", "secp256r1").allMatch(name -> name.matches("\\w+"));
            assertThat(hello.signatureSchemes()).contains("ecdsa_secp256r1_sha256", "rsa_pss_rsae_sha256");
        } finally {
            EngineKind.release(client);
        }
    }

    @Test
    void clientsHelloTellsApplicationProtocolsAsPrintableText() throws Exception {
        SSLEngine client = EngineKind.JDK.engine(TlsCase.CERTIFICATE, "TLSv1.3", Role.CLIENT);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2", "a\nb"});
        client.setSSLParameters(parameters);

        assertThat(NegotiationMismatch.hello(ByteBuffer.wrap(clientHello(client)))
                        .orElseThrow()
                        .applicationProtocols())
                .containsExactly("h2", "0x610A62");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void serversHelloTellsTheVersionAndTheSuiteThatItChose(EngineKind kind, String version) throws Exception {
        SSLEngine client = EngineKind.JDK.engine(TlsCase.CERTIFICATE, version, Role.CLIENT);
        SSLEngine server = kind.engine(TlsCase.CERTIFICATE, version, Role.SERVER);
        try {
            server.unwrap(ByteBuffer.wrap(clientHello(client)), ByteBuffer.allocate(20_000));
            for (Runnable task = server.getDelegatedTask(); task != null; task = server.getDelegatedTask()) {
                task.run();
            }
            ByteBuffer flight = ByteBuffer.allocate(40_000);
            server.wrap(ByteBuffer.allocate(0), flight);
            PeerHello hello = NegotiationMismatch.hello(flight.flip()).orElseThrow();
            assertThat(hello.versions()).containsExactly(version);
            assertThat(hello.cipherSuites()).hasSize(1).allMatch(name -> name.startsWith("TLS_"));
        } finally {
            EngineKind.release(server);
        }
    }

    @Test
    void helloCutAnywhereOrMadeUpTellsNothingWrongAndThrowsNothing() throws Exception {
        byte[] hello = clientHello(EngineKind.JDK.engine(TlsCase.CERTIFICATE, "TLSv1.3", Role.CLIENT));
        for (int length = 0; length < hello.length; length++) {
            NegotiationMismatch.hello(ByteBuffer.wrap(hello, 0, length))
                    .ifPresent(part -> assertThat(part.cipherSuites()).isNotEmpty());
        }
        Random random = new Random(42);
        for (int i = 0; i < 2_000; i++) {
            byte[] broken = hello.clone();
            random.ints(8, 5, hello.length).forEach(at -> broken[at] = (byte) random.nextInt());
            assertThat(NegotiationMismatch.hello(ByteBuffer.wrap(broken))).isNotNull();
        }
        byte[] alert = {21, 3, 1, 0, 2, 2, 70};
        assertThat(NegotiationMismatch.hello(ByteBuffer.wrap(alert))).isEmpty();
    }

    /** Groups are shown only if they may be the reason. */
    @ParameterizedTest
    @CsvSource({
        "X25519, ''",
        "secp256r1;x448, ''",
        "X25519MLKEM768, ' and key exchange in X25519MLKEM768'",
        "X25519MLKEM768;0x6399, ' and key exchange in X25519MLKEM768, 0x6399'"
    })
    void groupsAreShownIfNoneIsShared(String groups, String shown) {
        SSLEngine engine = EngineKind.JDK.engine(TlsCase.CERTIFICATE, "TLSv1.3", Role.SERVER);
        engine.setEnabledCipherSuites(new String[] {"TLS_AES_128_GCM_SHA256"});
        PeerHello peer =
                new PeerHello(List.of("TLSv1.3"), List.of("a"), List.of(), List.of(groups.split(";")), List.of());

        String message = NegotiationMismatch.of(new JsseAdapter(engine, () -> {}), Optional.of(peer))
                .toString();

        assertThat(message).endsWith(", the peer TLSv1.3 with a" + shown);
        if (shown.isEmpty()) {
            assertThat(message).startsWith("this side has TLSv1.3 with TLS_AES_128_GCM_SHA256, the peer ");
        } else {
            assertThat(message)
                    .startsWith(
                            "this side has TLSv1.3 with TLS_AES_128_GCM_SHA256 and key exchange in x25519, secp256r1, ");
        }
    }

    @Test
    void offersNameAFewAndCountTheOthers() {
        List<String> many = List.of("a", "b", "c", "d", "e", "f");
        SSLEngine engine = EngineKind.JDK.engine(TlsCase.CERTIFICATE, "TLSv1.3", Role.SERVER);
        engine.setEnabledCipherSuites(new String[] {"TLS_AES_128_GCM_SHA256"});
        assertThat(NegotiationMismatch.of(
                        new JsseAdapter(engine, () -> {}),
                        Optional.of(new PeerHello(List.of("TLSv1.2"), many, List.of(), List.of("x25519"), List.of()))))
                .hasToString(
                        "this side has TLSv1.3 with TLS_AES_128_GCM_SHA256, the peer TLSv1.2 with a, b, c, d and 2 more");
    }
}
