package io.sluice.internal.config;

import io.sluice.internal.settings.AllowSettings;
import io.sluice.internal.settings.CallerKind;
import java.util.Arrays;

/** The keys about which clients may connect. */
final class AllowKeys {

    private static final String STAR = "; `*` stands for one or more characters of ";

    static final KeyTable TABLE = new KeyTable(
            "allow",
            Arrays.stream(CallerKind.values()).map(kind -> KeyRow.of(key(kind))).toList());

    private AllowKeys() {}

    /** The key of the rules about one kind of name. */
    static Key key(CallerKind kind) {
        return Key.of(AllowSettings.KEY + "." + kind.key(), ValueType.LIST, "allowed clients, by " + compared(kind));
    }

    private static String compared(CallerKind kind) {
        return switch (kind) {
            case SUBJECT -> "the whole subject of the certificate, a distinguished name (RFC 2253)";
            case URI ->
                "the URIs in the certificate" + STAR
                        + "one label of the host, or of one segment of the path; without a host, of what stands between colons";
            case DNS -> "the DNS names in the certificate" + STAR + "one label";
            case EMAIL ->
                "the mail addresses in the certificate" + STAR + "the part before the `@`, or of one label after it";
            case CN -> "the most specific common name of the subject" + STAR + "what stands between `.`, `/` and `@`";
            case SPKI ->
                "the SHA-256 hash of the public key: `sha256/` and base64, or `sha256:` and hexadecimal digits";
            case OU -> "the organizational units of the subject" + STAR + "what stands between `.`, `/` and `@`";
        };
    }
}
