package io.sluice.internal.tls.hello;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The fields of a ClientHello or ServerHello (RFC 8446, 4.1; RFC 5246, 7.4.1). The buffers are views of the message.
 *
 * @param client whether it is a ClientHello
 * @param version the number in the version field, which TLS 1.3 does not use
 * @param random the 32 random bytes
 * @param suites the numbers of the cipher suites, one after the other
 * @param extensions the extensions in their order
 */
record Hello(boolean client, int version, ByteBuffer random, ByteBuffer suites, List<Extension> extensions) {
    static final int CLIENT_HELLO = 1;
    static final int SERVER_HELLO = 2;

    static final int SERVER_NAME = 0;
    static final int SUPPORTED_GROUPS = 10;
    static final int SIGNATURE_ALGORITHMS = 13;
    static final int ALPN = 16;
    static final int PRE_SHARED_KEY = 41;
    static final int SUPPORTED_VERSIONS = 43;
    static final int KEY_SHARE = 51;

    private static final int RANDOM = 32;

    /**
     * An extension of a hello.
     *
     * @param type its number
     * @param data its content
     */
    record Extension(int type, ByteBuffer data) {}

    /** Parses a message with its header. Returns empty if it is another message, or malformed. */
    static Optional<Hello> of(ByteBuffer message) {
        ByteBuffer bytes = message.duplicate();
        try {
            int type = bytes.get();
            bytes.position(bytes.position() + HandshakeMessages.HEADER - 1);
            return type == CLIENT_HELLO || type == SERVER_HELLO
                    ? Optional.of(parsed(bytes, type == CLIENT_HELLO))
                    : Optional.empty();
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static Hello parsed(ByteBuffer bytes, boolean client) {
        int version = number(bytes);
        ByteBuffer random = part(bytes, RANDOM);
        part(bytes, bytes.get() & 0xff); // The session's identifier.
        ByteBuffer suites = client ? part(bytes, number(bytes)) : part(bytes, 2);
        part(bytes, client ? bytes.get() & 0xff : 1); // Compression.
        List<Extension> extensions = new ArrayList<>();
        ByteBuffer listed = bytes.hasRemaining() ? part(bytes, number(bytes)) : bytes;
        while (listed.hasRemaining()) {
            extensions.add(new Extension(number(listed), part(listed, number(listed))));
        }
        return new Hello(client, version, random, suites, List.copyOf(extensions));
    }

    /** Returns the content of the first extension of a type. */
    Optional<ByteBuffer> extension(int type) {
        return extensions.stream()
                .filter(extension -> extension.type() == type)
                .map(extension -> extension.data().duplicate())
                .findFirst();
    }

    static int number(ByteBuffer bytes) {
        return bytes.getShort() & 0xffff;
    }

    /** Returns the next bytes, and skips them. */
    static ByteBuffer part(ByteBuffer bytes, int length) {
        ByteBuffer part = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        return part;
    }
}
