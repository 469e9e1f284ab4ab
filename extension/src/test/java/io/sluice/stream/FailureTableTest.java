package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import io.sluice.stream.SocketStreamException.Kind;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CRLReason;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import java.util.Date;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The classification of failures as a pure function. {@link FailureKindTest} has the failures of real engines. */
class FailureTableTest {

    private static Kind kind(Stage stage, Reason fault, Throwable cause) {
        return FailureKind.of(new TransportException(stage, fault, "words that decide nothing", cause));
    }

    @ParameterizedTest
    @CsvSource({
        "OPEN,      UNUSABLE_SOCKET, SOCKET_UNUSABLE",
        "CONNECT,   TIMEOUT,         CONNECT_TIMEOUT",
        "PREAMBLE,  TIMEOUT,         HANDSHAKE_TIMEOUT",
        "HANDSHAKE, TIMEOUT,         HANDSHAKE_TIMEOUT",
        "READ,      TIMEOUT,         READ_TIMEOUT",
        "WRITE,     TIMEOUT,         WRITE_TIMEOUT",
        "CLOSE,     TIMEOUT,         CLOSE_TIMEOUT",
        "READ,      CLOSED,          CLOSED",
        "WRITE,     PEER_CLOSED,     PEER_CLOSED",
        "READ,      TRUNCATED,       TRUNCATED",
        "HANDSHAKE, NOT_TLS,         NOT_TLS",
        "HANDSHAKE, TLS,             TLS",
        "READ,      PEER_ALERT,      REJECTED_BY_PEER",
        "READ,      PROTOCOL_ABUSE,  PROTOCOL_VIOLATION",
        "HANDSHAKE, INTERRUPTED,     INTERRUPTED",
        "READ,      RESET,           IO",
        "WRITE,     IO,              IO"
    })
    void stageAndFaultDecide(Stage stage, Reason fault, Kind expected) {
        assertThat(kind(stage, fault, null)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyFaultHasAKindAtEveryStage(Reason fault) {
        for (Stage stage : Stage.values()) {
            assertThat(kind(stage, fault, null)).as(stage + ", " + fault).isNotNull();
        }
    }

    static Stream<Arguments> causes() {
        X500Principal authority = new X500Principal("CN=authority");
        CertificateRevokedException revoked =
                new CertificateRevokedException(new Date(0), CRLReason.KEY_COMPROMISE, authority, Map.of());
        return Stream.of(
                Arguments.of(new CertificateExpiredException("x"), Kind.CERTIFICATE_EXPIRED),
                Arguments.of(path("x", BasicReason.EXPIRED, null), Kind.CERTIFICATE_EXPIRED),
                Arguments.of(new CertificateNotYetValidException("x"), Kind.CERTIFICATE_NOT_YET_VALID),
                Arguments.of(path("x", BasicReason.NOT_YET_VALID, null), Kind.CERTIFICATE_NOT_YET_VALID),
                Arguments.of(revoked, Kind.CERTIFICATE_REVOKED),
                Arguments.of(path("x", BasicReason.UNSPECIFIED, revoked), Kind.CERTIFICATE_REVOKED),
                Arguments.of(path("x", BasicReason.REVOKED, null), Kind.CERTIFICATE_REVOKED),
                Arguments.of(path("x", BasicReason.INVALID_SIGNATURE, null), Kind.CERTIFICATE_INVALID),
                Arguments.of(path("x", BasicReason.UNSPECIFIED, null), Kind.CERTIFICATE_INVALID),
                Arguments.of(new CertPathBuilderException("x"), Kind.CERTIFICATE_UNKNOWN_ISSUER),
                Arguments.of(new InvalidAlgorithmParameterException("x"), Kind.CONTEXT_UNUSABLE),
                Arguments.of(new CertificateException("x"), Kind.CERTIFICATE_INVALID),
                // JSSE has one type for these three.
                Arguments.of(
                        new CertificateException("No subject alternative DNS name matching a found."),
                        Kind.CERTIFICATE_WRONG_HOST),
                Arguments.of(new CertificateException("No name matching a found"), Kind.CERTIFICATE_WRONG_HOST),
                Arguments.of(
                        new CertificateException(
                                "Extended key usage does not permit use for TLS server authentication"),
                        Kind.CERTIFICATE_WRONG_USAGE),
                Arguments.of(new IllegalStateException("x"), Kind.TLS));
    }

    private static CertPathValidatorException path(String words, BasicReason reason, Throwable cause) {
        return new CertPathValidatorException(words, cause, null, -1, reason);
    }

    @ParameterizedTest
    @MethodSource("causes")
    void typesBeneathDecideHoweverDeepTheyLie(Throwable cause, Kind expected) {
        SSLException near = new SSLHandshakeException("(any_alert) words of one JDK");
        near.initCause(cause);
        assertThat(kind(Stage.HANDSHAKE, Reason.TLS, near)).isEqualTo(expected);
        SSLException far = new SSLException("other words", near);
        assertThat(kind(Stage.READ, Reason.TLS, far)).isEqualTo(expected);
    }
}
