package io.sluice.internal.tls;

import io.sluice.internal.tls.TransportException.Reason;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** The alerts of TLS: those that a peer sent, and those that Sluice sends itself. */
public final class TlsAlert {
    /** No alert, or an unknown one. */
    public static final int NONE = -1;

    static final int CLOSE_NOTIFY = 0;
    static final int UNEXPECTED_MESSAGE = 10;
    static final int RECORD_OVERFLOW = 22;
    static final int HANDSHAKE_FAILURE = 40;
    static final int DECODE_ERROR = 50;
    static final int INTERNAL_ERROR = 80;
    static final int NO_APPLICATION_PROTOCOL = 120;

    private static final Pattern WORDS =
            Pattern.compile("(?:Received fatal alert: |TlsFatalAlertReceived: |(?:SSLV3|TLSV1)_ALERT_)([A-Za-z]\\w*)");

    /** RFC 8446, 6, and RFC 5246, 7.2. */
    private static final Map<String, Integer> CODES = Map.ofEntries(
            Map.entry("unexpected_message", 10),
            Map.entry("bad_record_mac", 20),
            Map.entry("decryption_failed", 21),
            Map.entry("record_overflow", 22),
            Map.entry("decompression_failure", 30),
            Map.entry("handshake_failure", 40),
            Map.entry("no_certificate", 41),
            Map.entry("bad_certificate", 42),
            Map.entry("unsupported_certificate", 43),
            Map.entry("certificate_revoked", 44),
            Map.entry("certificate_expired", 45),
            Map.entry("certificate_unknown", 46),
            Map.entry("illegal_parameter", 47),
            Map.entry("unknown_ca", 48),
            Map.entry("access_denied", 49),
            Map.entry("decode_error", 50),
            Map.entry("decrypt_error", 51),
            Map.entry("protocol_version", 70),
            Map.entry("insufficient_security", 71),
            Map.entry("internal_error", 80),
            Map.entry("inappropriate_fallback", 86),
            Map.entry("user_canceled", 90),
            Map.entry("no_renegotiation", 100),
            Map.entry("missing_extension", 109),
            Map.entry("unsupported_extension", 110),
            Map.entry("certificate_unobtainable", 111),
            Map.entry("unrecognized_name", 112),
            Map.entry("bad_certificate_status_response", 113),
            Map.entry("unknown_psk_identity", 115),
            Map.entry("certificate_required", 116),
            Map.entry("no_application_protocol", 120));

    private TlsAlert() {}

    /**
     * The code of the peer's alert that an engine reports; {@link #NONE} if it reports something else. Engines name an encrypted alert only
     * in words: SunJSSE and Bouncy Castle in those of the RFC, BoringSSL in its own upper case.
     *
     * @param e an engine's exception
     * @return the code
     */
    public static int of(SSLException e) {
        Matcher words = WORDS.matcher(String.valueOf(e.getMessage()));
        if (!words.find()) {
            return NONE;
        }
        return CODES.getOrDefault(words.group(1).toLowerCase(Locale.ROOT), NONE);
    }

    /** Returns an alert's name and number, for a message. */
    static String name(int code) {
        return CODES.entrySet().stream()
                .filter(entry -> entry.getValue() == code)
                .map(entry -> entry.getKey() + " (" + code + ')')
                .findFirst()
                .orElse("number " + code);
    }

    /**
     * Sluice's own alert for a handshake that failed in plaintext (RFC 8446, 6.2). It is sent if the engine has none, or blames itself for the
     * peer's message: JDK 17 reports nothing about a message that is cut short, and JDK 25 calls it an internal error.
     */
    static int ofHandshake(TransportException e) {
        return e.alertToSend().orElseGet(() -> e.reason() == Reason.TLS ? ofEngine(e.getCause()) : UNEXPECTED_MESSAGE);
    }

    /** A failure with a deeper cause is this side's: a provider's, a key's or a callback's. Otherwise the message was malformed. */
    private static int ofEngine(@Nullable Throwable failure) {
        if (failure == null || failure instanceof RuntimeException || failure instanceof SSLHandshakeException) {
            return HANDSHAKE_FAILURE;
        }
        return failure.getCause() == null ? DECODE_ERROR : INTERNAL_ERROR;
    }
}
