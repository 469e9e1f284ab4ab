package io.sluice.stream;

import io.sluice.internal.caller.CallerRefusedException;
import io.sluice.internal.context.handshake.SslCallbackException;
import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Stage;
import io.sluice.stream.SocketStreamException.Kind;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import org.jspecify.annotations.Nullable;

/**
 * Maps failures to kinds: by stage, reason and alert, then by the types of the causes, and by the message text only if JSSE
 * provides nothing else (JDK 17 and 25 use the same texts here).
 */
final class FailureKind {

    private FailureKind() {}

    static Kind of(TransportException failure) {
        return switch (failure.reason()) {
            case UNUSABLE_SOCKET -> Kind.SOCKET_UNUSABLE;
            case TIMEOUT -> timeout(failure.stage());
            case CLOSED -> Kind.CLOSED;
            case PEER_CLOSED -> Kind.PEER_CLOSED;
            case TRUNCATED -> Kind.TRUNCATED;
            case NOT_TLS -> Kind.NOT_TLS;
            case TLS, REFUSED -> tls(failure.getCause());
            case PEER_ALERT -> alert(failure.alert().orElse(-1));
            case PROTOCOL_ABUSE -> Kind.PROTOCOL_VIOLATION;
            case INTERRUPTED -> Kind.INTERRUPTED;
            case RESET, IO -> Kind.IO;
        };
    }

    private static Kind timeout(Stage stage) {
        return switch (stage) {
            case CONNECT -> Kind.CONNECT_TIMEOUT;
            case READ -> Kind.READ_TIMEOUT;
            case WRITE -> Kind.WRITE_TIMEOUT;
            case CLOSE -> Kind.CLOSE_TIMEOUT;
            case OPEN, PREAMBLE, HANDSHAKE -> Kind.HANDSHAKE_TIMEOUT;
        };
    }

    /** RFC 8446, 6.2: 40 handshake_failure, 70 protocol_version, 71 insufficient_security, 120 no_application_protocol. */
    private static Kind alert(int code) {
        return switch (code) {
            case 40, 70, 71 -> Kind.VERSION_OR_CIPHER_MISMATCH;
            case 120 -> Kind.ALPN_MISMATCH;
            default -> Kind.REJECTED_BY_PEER;
        };
    }

    private static Kind tls(@Nullable Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            Kind kind = known(t);
            if (kind != null) {
                return kind;
            }
        }
        if (failure == null) {
            return Kind.TLS;
        }
        return isOfCertificate(failure) ? Kind.CERTIFICATE_INVALID : byWords(String.valueOf(failure.getMessage()));
    }

    private static boolean isOfCertificate(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof CertificateException || t instanceof CertPathValidatorException) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Kind known(Throwable t) {
        if (t instanceof SslCallbackException || t instanceof InvalidAlgorithmParameterException) {
            return Kind.CONTEXT_UNUSABLE;
        } else if (t instanceof CallerRefusedException) {
            return Kind.CERTIFICATE_NOT_ALLOWED;
        } else if (t instanceof CertificateExpiredException) {
            return Kind.CERTIFICATE_EXPIRED;
        } else if (t instanceof CertificateNotYetValidException) {
            return Kind.CERTIFICATE_NOT_YET_VALID;
        } else if (t instanceof CertificateRevokedException) {
            return Kind.CERTIFICATE_REVOKED;
        } else if (t instanceof CertPathBuilderException && t.getCause() == null) {
            return Kind.CERTIFICATE_UNKNOWN_ISSUER;
        } else if (t instanceof CertPathValidatorException invalid) {
            return path(invalid);
        } else if (t instanceof CertificateException && t.getCause() == null) {
            return certificateByWords(String.valueOf(t.getMessage()));
        }
        return null;
    }

    private static @Nullable Kind path(CertPathValidatorException invalid) {
        if (invalid.getReason() instanceof BasicReason reason) {
            return switch (reason) {
                case EXPIRED -> Kind.CERTIFICATE_EXPIRED;
                case NOT_YET_VALID -> Kind.CERTIFICATE_NOT_YET_VALID;
                case REVOKED -> Kind.CERTIFICATE_REVOKED;
                case UNSPECIFIED -> null;
                default -> Kind.CERTIFICATE_INVALID;
            };
        }
        return invalid.getCause() == null ? Kind.CERTIFICATE_INVALID : null;
    }

    private static Kind certificateByWords(String message) {
        if (message.startsWith("No subject alternative") || message.startsWith("No name matching")) {
            return Kind.CERTIFICATE_WRONG_HOST;
        }
        return message.contains("key usage") ? Kind.CERTIFICATE_WRONG_USAGE : Kind.CERTIFICATE_INVALID;
    }

    private static Kind byWords(String message) {
        if (message.contains("Empty client certificate chain")
                || message.contains("PEER_DID_NOT_RETURN_A_CERTIFICATE")) {
            return Kind.CLIENT_CERTIFICATE_MISSING;
        }
        if (message.contains("application layer protocol")) {
            return Kind.ALPN_MISMATCH;
        }
        if (message.contains("server name indication")) {
            return Kind.SERVER_NAME_REFUSED;
        }
        boolean mismatch = message.contains("protocol version")
                || message.contains("No available authentication scheme")
                || message.contains("appropriate protocol")
                || message.contains("is not enabled or supported")
                || message.contains("cipher suites in common")
                || message.contains("NO_SHARED_CIPHER")
                || message.contains("NO_SHARED_GROUP")
                || message.contains("UNSUPPORTED_PROTOCOL")
                || message.contains("handshake_failure(40)")
                || message.contains("key_share extension in HelloRetryRequest");
        return mismatch ? Kind.VERSION_OR_CIPHER_MISMATCH : Kind.TLS;
    }
}
