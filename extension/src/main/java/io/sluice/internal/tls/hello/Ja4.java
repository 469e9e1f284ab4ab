package io.sluice.internal.tls.hello;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The JA4 fingerprint of a client, from its first message. It names the software of the client, whatever its address: FoxIO's
 * specification of the TLS client fingerprint, for TLS over TCP.
 */
public final class Ja4 {

    private static final HexFormat HEX = HexFormat.of();
    private static final int MOST = 99;
    private static final int HASH = 12;
    private static final String NOTHING = "0".repeat(HASH);

    private Ja4() {}

    /**
     * Computes the fingerprint.
     *
     * @param message a ClientHello with its header
     * @return the fingerprint, such as {@code t13d1516h2_8daaf6152771_e5627efa2ab1}; empty if the message is another one, or malformed
     */
    public static Optional<String> of(ByteBuffer message) {
        return Hello.of(message).filter(Hello::client).flatMap(Ja4::of);
    }

    private static Optional<String> of(Hello hello) {
        try {
            List<Integer> suites = numbers(hello.suites().duplicate());
            List<Integer> extensions = hello.extensions().stream()
                    .map(Hello.Extension::type)
                    .filter(type -> !PeerHello.isGrease(type))
                    .toList();
            return Optional.of("t" + version(hello)
                    + (extensions.contains(Hello.SERVER_NAME) ? "d" : "i")
                    + count(suites)
                    + count(extensions)
                    + protocol(hello)
                    + "_" + hash(suites.isEmpty() ? "" : sorted(suites))
                    + "_" + hash(rest(hello, extensions)));
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static String version(Hello hello) {
        int version = hello.extension(Hello.SUPPORTED_VERSIONS)
                .map(list -> numbers(Hello.part(list, list.get() & 0xff)))
                .flatMap(listed -> listed.stream().max(Integer::compare))
                .orElse(hello.version());
        return switch (version) {
            case 0x0304 -> "13";
            case 0x0303 -> "12";
            case 0x0302 -> "11";
            case 0x0301 -> "10";
            case 0x0300 -> "s3";
            case 0x0002 -> "s2";
            default -> "00";
        };
    }

    private static String count(List<Integer> listed) {
        return String.format(Locale.ROOT, "%02d", Math.min(listed.size(), MOST));
    }

    /** The first and the last character of the first application protocol. */
    private static String protocol(Hello hello) {
        Optional<ByteBuffer> list = hello.extension(Hello.ALPN).filter(ByteBuffer::hasRemaining);
        ByteBuffer names =
                list.map(known -> Hello.part(known, Hello.number(known))).orElse(ByteBuffer.allocate(0));
        byte[] first = new byte[names.hasRemaining() ? names.get() & 0xff : 0];
        names.get(first);
        if (first.length == 0) {
            return "00";
        }
        byte last = first[first.length - 1];
        if (isAlphanumeric(first[0]) && isAlphanumeric(last)) {
            return "" + (char) first[0] + (char) last;
        }
        return "" + HEX.toHexDigits(first[0]).charAt(0) + HEX.toHexDigits(last).charAt(1);
    }

    private static boolean isAlphanumeric(byte b) {
        return b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z';
    }

    /** The other extensions in the order of their numbers, and the signature schemes in the client's order. */
    private static String rest(Hello hello, List<Integer> extensions) {
        List<Integer> others = extensions.stream()
                .filter(type -> type != Hello.SERVER_NAME && type != Hello.ALPN)
                .toList();
        List<Integer> schemes = hello.extension(Hello.SIGNATURE_ALGORITHMS)
                .map(list -> numbers(Hello.part(list, Hello.number(list))))
                .orElse(List.of());
        if (others.isEmpty()) {
            return "";
        }
        return sorted(others) + (schemes.isEmpty() ? "" : "_" + text(schemes));
    }

    /** The numbers of a list, without those that have no meaning (RFC 8701). */
    private static List<Integer> numbers(ByteBuffer list) {
        List<Integer> numbers = new ArrayList<>();
        while (list.hasRemaining()) {
            int number = Hello.number(list);
            if (!PeerHello.isGrease(number)) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private static String sorted(List<Integer> numbers) {
        return text(numbers.stream().sorted().toList());
    }

    private static String text(List<Integer> numbers) {
        return String.join(
                ",",
                numbers.stream()
                        .map(number -> HEX.toHexDigits(number.shortValue()))
                        .toList());
    }

    private static String hash(String text) {
        if (text.isEmpty()) {
            return NOTHING;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return HEX.formatHex(digest).substring(0, HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
