package io.sluice.internal.transport.hello;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out from the server's first flight whether it resumed a session. Neither the session's time nor its identifier tells this on every
 * engine, and a server echoes the identifier for other reasons too.
 *
 * <ul>
 *   <li>TLS 1.3: the ServerHello selects a pre-shared key (RFC 8446, 4.2.11). A HelloRetryRequest looks like a ServerHello, and the one
 *       after it counts.
 *   <li>TLS 1.2 and earlier: the server sends no message that belongs to a key exchange. After the ServerHello come a NewSessionTicket or
 *       the ChangeCipherSpec immediately, by identifier (RFC 5246, 7.3) and by ticket (RFC 5077, 3.1).
 * </ul>
 *
 * <p>Not thread-safe: used by the thread that runs the handshake.
 */
public final class Resumption {

    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HANDSHAKE = 22;

    private static final int HELLO_REQUEST = 0;
    private static final int NEW_SESSION_TICKET = 4;

    private static final int TLS_1_3 = 0x0304;

    /** The random bytes of a HelloRetryRequest (RFC 8446, 4.1.3). */
    private static final ByteBuffer RETRY = ByteBuffer.wrap(
                    HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c"))
            .asReadOnlyBuffer();

    private final HandshakeMessages messages = new HandshakeMessages();
    /** TLS 1.2 or earlier was selected, and the message after the ServerHello tells the rest. */
    private boolean awaitsNext;

    private @Nullable Boolean resumed;

    /**
     * Inspects a record of the server.
     *
     * @param type the record's type
     * @param fragment the record's content
     */
    public void record(int type, ByteBuffer fragment) {
        if (resumed != null) {
            return;
        }
        if (type == HANDSHAKE) {
            messages.add(fragment);
            inspect();
        } else if (type == CHANGE_CIPHER_SPEC && awaitsNext) {
            resumed = true;
        }
    }

    private void inspect() {
        while (resumed == null) {
            if (awaitsNext && messages.type() > HELLO_REQUEST) {
                resumed = messages.type() == NEW_SESSION_TICKET;
                return;
            }
            ByteBuffer message = messages.next();
            if (message == null) {
                return;
            }
            Hello.of(message).filter(hello -> !hello.client()).ifPresent(this::serverHello);
        }
    }

    private void serverHello(Hello hello) {
        boolean tls13 = selectsTls13(hello.extension(Hello.SUPPORTED_VERSIONS));
        if (tls13 && !hello.random().equals(RETRY)) {
            resumed = hello.extension(Hello.PRE_SHARED_KEY).isPresent();
        }
        awaitsNext = !tls13;
    }

    private static boolean selectsTls13(Optional<ByteBuffer> version) {
        return version.filter(number -> number.remaining() == 2 && Hello.number(number) == TLS_1_3)
                .isPresent();
    }

    /**
     * Returns the result.
     *
     * @return whether the server resumed a session; false if its first flight was not seen
     */
    public boolean resumed() {
        return resumed != null && resumed;
    }
}
