package io.sluice.internal.tls;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks the first bytes of a peer before the engine does, because an engine's message about plaintext does not help. */
final class FirstBytes {
    private static final int SHOWN = 10;
    private static final String HTTP_METHODS =
            "GET |POST |PUT |HEAD |DELETE |OPTIONS |CONNECT |PATCH |TRACE |PRI |HTTP/";

    private FirstBytes() {}

    /** Describes bytes that are not a TLS record. Returns null if they are one, or may become one. */
    static @Nullable String defect(ByteBuffer bytes) {
        return mayBeTls(bytes) ? null : "the peer does not speak TLS: its first bytes are " + describe(bytes);
    }

    private static boolean mayBeTls(ByteBuffer bytes) {
        if (!bytes.hasRemaining()) {
            return true;
        }
        int type = RecordHeader.type(bytes);
        return (type == RecordHeader.HANDSHAKE || type == RecordHeader.ALERT) && RecordHeader.plausible(bytes);
    }

    private static String describe(ByteBuffer bytes) {
        byte[] start = new byte[Math.min(SHOWN, bytes.remaining())];
        bytes.get(bytes.position(), start);
        String text = new String(start, StandardCharsets.ISO_8859_1);
        String name = name(text, start);
        String shown = printable(text)
                ? "'" + text.strip() + "'"
                : "bytes " + HexFormat.ofDelimiter(" ").formatHex(start);
        return name == null ? shown : name + ": " + shown;
    }

    private static @Nullable String name(String text, byte[] start) {
        if (Stream.of(HTTP_METHODS.split("\\|")).anyMatch(text::startsWith)) {
            return "plain HTTP";
        }
        if (text.startsWith("SSH-")) {
            return "an SSH banner";
        }
        if (text.startsWith("220 ") || text.startsWith("220-") || text.startsWith("EHLO") || text.startsWith("HELO")) {
            return "an SMTP banner";
        }
        if (text.startsWith("PROXY ") || text.startsWith("\r\n\r\n\0\r\nQUI")) {
            return "a PROXY protocol header";
        }
        return start.length > 2 && (start[0] & 0x80) != 0 && start[2] == 1 ? "an SSLv2 hello" : null;
    }

    private static boolean printable(String text) {
        return text.strip().chars().allMatch(c -> c >= ' ' && c < 0x7f) && !text.isBlank();
    }
}
