package io.sluice.message;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** The codecs as the configuration names them: a name, and after a colon its arguments. */
final class FrameNames {

    private static final String ALL = "Use line, crlf, terminator:<hexadecimal bytes>, length:<1, 2 or 4>[,inclusive]"
            + "[,little-endian], octet-counting, non-transparent, syslog, stx-etx, mllp or fixed:<bytes>";

    private FrameNames() {}

    static FrameCodec<ByteBuffer> codec(String text) {
        String[] parts = text.strip().toLowerCase(Locale.ROOT).split(":", 2);
        String name = parts[0].strip();
        List<String> arguments = parts.length == 1
                ? List.of()
                : List.of(parts[1].split(",")).stream().map(String::strip).toList();
        try {
            return codec(name, arguments);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "there are no frames '" + text + "'" + (e.getMessage() == null ? "" : ": " + e.getMessage()) + ". "
                            + ALL,
                    e);
        }
    }

    private static FrameCodec<ByteBuffer> codec(String name, List<String> arguments) {
        return switch (name) {
            case "terminator" -> Frames.terminated(HexFormat.of().parseHex(only(arguments)));
            case "length" -> length(arguments);
            case "fixed" -> Frames.fixed(number(only(arguments)));
            default -> withoutArguments(name, arguments);
        };
    }

    private static FrameCodec<ByteBuffer> withoutArguments(String name, List<String> arguments) {
        if (!arguments.isEmpty()) {
            throw new IllegalArgumentException(null, null);
        }
        return switch (name) {
            case "line" -> Frames.line();
            case "crlf" -> Frames.crLf();
            case "octet-counting" -> Frames.octetCounted();
            case "non-transparent" -> Frames.terminated((byte) '\n');
            case "syslog" -> Frames.syslog();
            case "stx-etx" -> Frames.stxEtx();
            case "mllp" -> Frames.mllp();
            default -> throw new IllegalArgumentException(null, null);
        };
    }

    private static FrameCodec<ByteBuffer> length(List<String> arguments) {
        List<String> options = arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
        if (arguments.isEmpty() || !List.of("inclusive", "little-endian").containsAll(options)) {
            throw new IllegalArgumentException(null, null);
        }
        int bytes = number(arguments.get(0));
        ByteOrder order = options.contains("little-endian") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        return options.contains("inclusive")
                ? Frames.inclusiveLengthPrefixed(bytes, order)
                : Frames.lengthPrefixed(bytes, order);
    }

    private static String only(List<String> arguments) {
        if (arguments.size() != 1) {
            throw new IllegalArgumentException(null, null);
        }
        return arguments.get(0);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a number", e);
        }
    }
}
