package io.sluice.internal.tls.hello;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client requests in its first message.
 *
 * @param serverName the host name (RFC 6066, 3) in lower case, if it requests one
 * @param applicationProtocols the names that ALPN offers (RFC 7301), each byte as one character
 */
public record ClientHello(Optional<String> serverName, List<String> applicationProtocols) {

    private static final int HOST_NAME = 0;

    /** The type of the message. */
    public static final int TYPE = Hello.CLIENT_HELLO;

    /**
     * Parses a message.
     *
     * @param message a handshake message with its header
     * @return what it requests; empty if it is another message, or malformed
     */
    public static Optional<ClientHello> of(ByteBuffer message) {
        return Hello.of(message).filter(Hello::client).flatMap(ClientHello::of);
    }

    private static Optional<ClientHello> of(Hello hello) {
        try {
            return Optional.of(new ClientHello(
                    hello.extension(Hello.SERVER_NAME).flatMap(ClientHello::hostName),
                    hello.extension(Hello.ALPN).map(ClientHello::protocols).orElse(List.of())));
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> hostName(ByteBuffer extension) {
        ByteBuffer names = Hello.part(extension, Hello.number(extension));
        while (names.hasRemaining()) {
            int type = names.get();
            String name = text(Hello.part(names, Hello.number(names)));
            if (type == HOST_NAME) {
                return Optional.of(name.toLowerCase(Locale.ROOT));
            }
        }
        return Optional.empty();
    }

    private static List<String> protocols(ByteBuffer extension) {
        List<String> protocols = new ArrayList<>();
        ByteBuffer names = Hello.part(extension, Hello.number(extension));
        while (names.hasRemaining()) {
            protocols.add(text(Hello.part(names, names.get() & 0xff)));
        }
        return List.copyOf(protocols);
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.ISO_8859_1.decode(bytes).toString();
    }
}
