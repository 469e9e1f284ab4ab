package io.sluice.internal.transport;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Which alert of the peer's an engine complains of. An encrypted alert is known only to the engine, and engines tell it only
 * in words: SunJSSE in those of the RFC, BoringSSL in its own upper case.
 */
final class PeerAlert {
    static final int NONE = -1;
    static final int CLOSE_NOTIFY = 0;

    private static final Pattern WORDS = Pattern.compile("Received fatal alert: (\\w+)|(?:SSLV3|TLSV1)_ALERT_(\\w+)");

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

    private PeerAlert() {}

    /** The alert's code; {@link #NONE} when the engine complains of something else. */
    static int of(SSLException e) {
        Matcher words = WORDS.matcher(String.valueOf(e.getMessage()));
        if (!words.find()) {
            return NONE;
        }
        String name = words.group(1) == null ? words.group(2) : words.group(1);
        return CODES.getOrDefault(name.toLowerCase(Locale.ROOT), NONE);
    }

    /** An alert for a message: name and number. */
    static String name(int code) {
        return CODES.entrySet().stream()
                .filter(entry -> entry.getValue() == code)
                .map(entry -> entry.getKey() + " (" + code + ')')
                .findFirst()
                .orElse("number " + code);
    }
}
