package io.sluice.internal.tls.hello;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What a ClientHello or ServerHello offers or selects, for messages. Engines do not report it if both sides have nothing in common.
 *
 * @param versions the JSSE names of the versions, or their numbers
 * @param cipherSuites the names of the suites, or their numbers
 * @param applicationProtocols the names that ALPN offers (RFC 7301), as hexadecimal digits if not printable
 * @param groups the names of the groups that a client offers, or their numbers; a server sends none of these in clear
 * @param signatureSchemes the names of the signature schemes that a client accepts in handshakes, or their numbers
 */
public record PeerHello(
        List<String> versions,
        List<String> cipherSuites,
        List<String> applicationProtocols,
        List<String> groups,
        List<String> signatureSchemes) {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /**
     * Parses the first message of a peer.
     *
     * @param messages what the peer has sent
     * @return what it contains; empty if it is another message, incomplete, or malformed
     */
    public static Optional<PeerHello> in(HandshakeMessages messages) {
        ByteBuffer first = messages.next();
        return first == null ? Optional.empty() : of(first);
    }

    /**
     * Parses a message.
     *
     * @param message a handshake message with its header
     * @return what it contains; empty if it is no hello, or malformed
     */
    public static Optional<PeerHello> of(ByteBuffer message) {
        return Hello.of(message).flatMap(PeerHello::of);
    }

    private static Optional<PeerHello> of(Hello hello) {
        try {
            List<String> versions = hello.extension(Hello.SUPPORTED_VERSIONS)
                    .map(extension -> versions(extension, hello.client()))
                    .orElse(List.of());
            return Optional.of(new PeerHello(
                    versions.isEmpty() ? List.of(IanaNames.version(hello.version())) : versions,
                    suites(hello.suites().duplicate()),
                    hello.extension(Hello.ALPN).map(PeerHello::protocols).orElse(List.of()),
                    names(hello.extension(Hello.SUPPORTED_GROUPS), IanaNames::group),
                    names(hello.extension(Hello.SIGNATURE_ALGORITHMS), IanaNames::signatureScheme)));
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static List<String> suites(ByteBuffer offered) {
        List<String> suites = new ArrayList<>();
        while (offered.hasRemaining()) {
            int suite = Hello.number(offered);
            if (!isSignal(suite)) {
                suites.add(IanaNames.cipherSuite(suite));
            }
        }
        return suites;
    }

    private static List<String> versions(ByteBuffer extension, boolean client) {
        List<String> versions = new ArrayList<>();
        ByteBuffer listed = client ? Hello.part(extension, extension.get() & 0xff) : extension;
        while (listed.hasRemaining()) {
            int version = Hello.number(listed);
            if (!isGrease(version)) {
                versions.add(IanaNames.version(version));
            }
        }
        return versions;
    }

    private static List<String> names(Optional<ByteBuffer> extension, IntFunction<String> named) {
        List<String> names = new ArrayList<>();
        extension.map(list -> Hello.part(list, Hello.number(list))).ifPresent(listed -> {
            while (listed.hasRemaining()) {
                int number = Hello.number(listed);
                if (!isGrease(number)) {
                    names.add(named.apply(number));
                }
            }
        });
        return names;
    }

    private static List<String> protocols(ByteBuffer extension) {
        List<String> protocols = new ArrayList<>();
        ByteBuffer listed = Hello.part(extension, Hello.number(extension));
        while (listed.hasRemaining()) {
            byte[] name = new byte[listed.get() & 0xff];
            listed.get(name);
            protocols.add(printable(name));
        }
        return protocols;
    }

    /** The peer must not be able to forge log lines. */
    private static String printable(byte[] name) {
        String text = new String(name, StandardCharsets.US_ASCII);
        return text.chars().allMatch(c -> c > ' ' && c <= '~') ? text : "0x" + HEX.formatHex(name);
    }

    /** TLS_EMPTY_RENEGOTIATION_INFO_SCSV and TLS_FALLBACK_SCSV are not cipher suites. */
    private static boolean isSignal(int suite) {
        return suite == 0x00ff || suite == 0x5600 || isGrease(suite);
    }

    /** Reserved numbers without a meaning, sent to keep peers tolerant (RFC 8701). */
    static boolean isGrease(int number) {
        return (number & 0x0f0f) == 0x0a0a && number >> 8 == (number & 0xff);
    }
}
