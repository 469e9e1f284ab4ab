package io.sluice.internal.config;

import io.sluice.context.TlsTimeouts;
import io.sluice.internal.settings.ClientAuth;
import io.sluice.internal.settings.EngineKind;
import java.util.List;

/** The keys of a context besides those about its keys, its trust and their changes. */
final class ParameterKeys {

    /** More take minutes, and JSSE is compiled completely after fewer. */
    private static final int MOST_HANDSHAKES = 100_000;

    static final Key PROTOCOLS = Key.of("protocols", ValueType.LIST, "the TLS versions, comma-separated")
            .preset("TLSv1.3,TLSv1.2");

    static final Key CIPHER_SUITES = Key.of(
                    "cipher-suites", ValueType.LIST, "the cipher suites by their JSSE names, the preferred one first")
            .otherwise("the JDK's");

    static final Key CLIENT_AUTH = Key.choice(
            ContextKeys.CLIENT_AUTH,
            ClientAuth.NONE,
            "`none`, `want` (request one, and continue without) or `need` a client's certificate;"
                    + " [the names in it](#which-clients-may-connect) can restrict which clients may connect");

    static final Key ALPN = Key.of("alpn", ValueType.LIST, "application protocols (RFC 7301), the preferred one first")
            .otherwise("none");

    static final Key HOSTNAME_VERIFICATION = Key.words(
                    "hostname-verification-algorithm",
                    List.of("HTTPS", "LDAPS", "NONE"),
                    "how clients check the host's name: `HTTPS`, `LDAPS` or `NONE`")
            .preset("HTTPS");

    static final Key HANDSHAKE_TIMEOUT = Key.of(
                    "handshake-timeout", ValueType.LIMIT, "the deadline of a whole handshake; `0s` means no limit")
            .preset(TlsTimeouts.DEFAULT.handshake());

    static final Key CLOSE_TIMEOUT = Key.of(
                    "close-timeout",
                    ValueType.DURATION,
                    "how long a close waits for a stuck peer; must be longer than zero")
            .preset(TlsTimeouts.DEFAULT.close());

    static final Key SESSION_TIMEOUT = Key.of(
                    "session.timeout",
                    ValueType.LIMIT,
                    "how long a session can be resumed, in whole seconds, on either side; `0s` means no limit, but then"
                            + " tickets cannot be used")
            .otherwise("the JDK's: `1d`");

    static final Key SESSION_CACHE_SIZE = Key.number(
                    "session.cache-size", 0, Integer.MAX_VALUE, "how many sessions each side keeps; `0` means no limit")
            .otherwise("the JDK's: 20480");

    static final Key SESSION_TICKETS = Key.truth(
            "session.tickets",
            true,
            "whether servers send and accept tickets: `true` or `false`; only with the engine BoringSSL, and elsewhere a"
                    + " problem");

    static final Key SESSION_TICKET_KEYS = Key.of(
                    "session.ticket-keys",
                    ValueType.MATERIAL,
                    "the keys of the tickets of servers, so that [several instances](tls.md#resumption-across-instances) resume"
                            + " each other's sessions; only with the engine BoringSSL, and elsewhere a problem")
            .otherwise("keys of each instance");

    static final Key ENGINE = Key.choice(
            "engine",
            EngineKind.JDK,
            "what makes the engines of the connections that Sluice makes itself: `jdk`, `boringssl` or `auto`");

    static final Key PROVIDER = Key.of(
                    "provider",
                    ValueType.TEXT,
                    "the JSSE provider of the context and its engines: [other providers](tls.md#other-jsse-providers)")
            .otherwise("the JVM's first one");

    static final Key KEY_EXCHANGE_GROUPS = Key.of(
                    "key-exchange-groups",
                    ValueType.LIST,
                    "the groups of the [key exchange](tls.md#key-exchange), the preferred one first; `?` after a name makes it"
                            + " optional")
            .otherwise("the engine's, `X25519MLKEM768` first if the engine knows it");

    static final Key SIGNATURE_SCHEMES = Key.of(
                    "signature-schemes",
                    ValueType.LIST,
                    "the signature schemes that this side makes and accepts, the preferred one first; `?` after a name makes it"
                            + " optional")
            .otherwise("the engine's");

    static final Key WARM_UP = Key.number(
                    "warm-up",
                    0,
                    MOST_HANDSHAKES,
                    "how many more handshakes in memory warm a context up when it is loaded for the first time: 0 to "
                            + MOST_HANDSHAKES)
            .preset(0);

    static final Key REPORT_ONLY = Key.of(
                    "policy.report-only",
                    ValueType.LIST,
                    "[stricter settings](operations.md#report-only-policies) that are not enforced: the journal counts and lists"
                            + " the peers that they would refuse. `tls13`, `pq`, `client-cert`, `no-rsa` and `trust:<context>`")
            .otherwise("none");

    static final KeyTable TABLE = KeyTable.of(
            "parameters",
            PROTOCOLS,
            CIPHER_SUITES,
            CLIENT_AUTH,
            ALPN,
            HOSTNAME_VERIFICATION,
            HANDSHAKE_TIMEOUT,
            CLOSE_TIMEOUT,
            SESSION_TIMEOUT,
            SESSION_CACHE_SIZE,
            SESSION_TICKETS,
            SESSION_TICKET_KEYS,
            ENGINE,
            PROVIDER,
            KEY_EXCHANGE_GROUPS,
            SIGNATURE_SCHEMES,
            WARM_UP,
            REPORT_ONLY);

    private ParameterKeys() {}
}
