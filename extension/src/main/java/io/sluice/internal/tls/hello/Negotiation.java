package io.sluice.internal.tls.hello;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the server's first flight whether it resumed a session, and the group of the key exchange. Engines report neither, or not in
 * the same way: a session's time and identifier do not tell whether it was resumed.
 *
 * <ul>
 *   <li>TLS 1.3: the ServerHello selects a pre-shared key (RFC 8446, 4.2.11) and a key share with its group (4.2.8). A HelloRetryRequest
 *       looks like a ServerHello, and the one after it counts.
 *   <li>TLS 1.2 and earlier: a ServerKeyExchange names the curve (RFC 8422, 5.4). If a session is resumed, there is no key exchange: after
 *       the ServerHello come a NewSessionTicket or the ChangeCipherSpec immediately, by identifier (RFC 5246, 7.3) and by ticket (RFC 5077,
 *       3.1).
 * </ul>
 *
 * <p>Not thread-safe: used by the thread that runs the handshake.
 */
public final class Negotiation {

    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HANDSHAKE = 22;

    private static final int HELLO_REQUEST = 0;
    private static final int NEW_SESSION_TICKET = 4;
    private static final int SERVER_KEY_EXCHANGE = 12;
    private static final int SERVER_HELLO_DONE = 14;

    private static final int NAMED_CURVE = 3;

    /**
     * No curve has such a number. The length of a prime of 6144 bits also begins with a 3, and the number then ends with the first byte of
     * the prime, whose highest bit is set.
     */
    private static final int NO_CURVE = 0x80;

    private static final int TLS_1_3 = 0x0304;
    private static final int UNKNOWN = -1;

    /** The random bytes of a HelloRetryRequest (RFC 8446, 4.1.3). */
    private static final ByteBuffer RETRY = ByteBuffer.wrap(
                    HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c"))
            .asReadOnlyBuffer();

    private @Nullable HandshakeMessages messages = new HandshakeMessages();
    /** TLS 1.2 or earlier was selected, and the messages after the ServerHello tell the rest. */
    private boolean isEarlier;

    private @Nullable Boolean resumed;
    private int group = UNKNOWN;

    /**
     * Inspects a record of the server.
     *
     * @param type the record's type
     * @param fragment the record's content
     */
    public void record(int type, ByteBuffer fragment) {
        HandshakeMessages known = messages;
        if (known == null) {
            return;
        }
        if (type == HANDSHAKE) {
            known.add(fragment);
            inspect(known);
        } else if (type == CHANGE_CIPHER_SPEC && isEarlier) {
            note(true);
            messages = null;
        }
    }

    private void inspect(HandshakeMessages known) {
        while (messages != null) {
            if (isEarlier && resumed == null && known.type() > HELLO_REQUEST) {
                note(known.type() == NEW_SESSION_TICKET);
            }
            if (known.isTooLong()) {
                messages = null;
                return;
            }
            ByteBuffer message = known.next();
            if (message == null) {
                return;
            }
            if (isEarlier) {
                later(message);
            } else {
                Hello.of(message).filter(hello -> !hello.client()).ifPresent(this::serverHello);
            }
        }
    }

    private void note(boolean isResumed) {
        if (resumed == null) {
            resumed = isResumed;
        }
    }

    private void serverHello(Hello hello) {
        if (!selectsTls13(hello.extension(Hello.SUPPORTED_VERSIONS))) {
            isEarlier = true;
        } else if (!hello.random().equals(RETRY)) {
            note(hello.extension(Hello.PRE_SHARED_KEY).isPresent());
            group = hello.extension(Hello.KEY_SHARE)
                    .filter(share -> share.remaining() >= 2)
                    .map(Hello::number)
                    .orElse(UNKNOWN);
            messages = null;
        }
    }

    /** A message after the ServerHello of an earlier version. */
    private void later(ByteBuffer message) {
        int type = message.get(0);
        if (type == SERVER_KEY_EXCHANGE) {
            try {
                ByteBuffer parameters = message.duplicate().position(HandshakeMessages.HEADER);
                int number = parameters.get() == NAMED_CURVE ? Hello.number(parameters) : UNKNOWN;
                group = number < NO_CURVE ? number : UNKNOWN;
            } catch (BufferUnderflowException e) {
                group = UNKNOWN;
            }
        }
        if (type == SERVER_KEY_EXCHANGE || type == SERVER_HELLO_DONE) {
            messages = null;
        }
    }

    private static boolean selectsTls13(Optional<ByteBuffer> version) {
        return version.filter(number -> number.remaining() == 2 && Hello.number(number) == TLS_1_3)
                .isPresent();
    }

    /**
     * Returns whether the server resumed a session.
     *
     * @return the answer; false if the server's first flight was not seen
     */
    public boolean resumed() {
        return resumed != null && resumed;
    }

    /**
     * Returns the group of the key exchange.
     *
     * @return its name, such as {@code x25519}, or its number; empty if the key exchange had no named group, or was not seen
     */
    public Optional<String> group() {
        return group == UNKNOWN ? Optional.empty() : Optional.of(IanaNames.group(group));
    }
}
