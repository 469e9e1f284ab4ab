package io.sluice.stream;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * The key of one of Sluice's own initargs.
 *
 * @param name the name
 * @param check rejects invalid values, and returns the value to keep
 * @param uses the calls that it applies to
 * @param <T> the type of its value
 */
record InitargKey<T>(String name, UnaryOperator<T> check, Set<Use> uses) {

    /** A call that an initarg applies to. */
    enum Use {
        CREATE,
        CONNECT,
        /** Attaching TLS to an open stream. */
        ATTACH,
        /** A later attach, which inherits the value from the creation of the stream. */
        LATER_ATTACH
    }

    /** Each key is a constant, and every creation looks up several. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    private static final Set<Use> CREATION = Set.of(Use.CREATE, Use.CONNECT);
    private static final Set<Use> TLS = Set.of(Use.CREATE, Use.CONNECT, Use.ATTACH);
    private static final Set<Use> INHERITED_TLS = Set.of(Use.values());
    private static final Set<Use> CONNECTOR = Set.of(Use.CONNECT);

    /** Filled by the factories of the constants, and not changed afterwards. */
    private static final Set<String> NAMES = new HashSet<>();

    static final InitargKey<SslContextSpecifier> SSL_CONTEXT = of("sslContext", CREATION);
    static final InitargKey<SslSide> SSL_SIDE = of("sslSide", TLS);
    static final InitargKey<String> SERVER_NAME = of("serverName", InitargKey::notBlank, INHERITED_TLS);
    static final InitargKey<List<String>> ALPN = of("alpn", InitargKey::protocols, INHERITED_TLS);
    static final InitargKey<Duration> READ_TIMEOUT = timeout("readTimeout", CREATION);
    static final InitargKey<Duration> WRITE_TIMEOUT = timeout("writeTimeout", CREATION);
    static final InitargKey<Duration> HANDSHAKE_TIMEOUT = timeout("handshakeTimeout", INHERITED_TLS);
    static final InitargKey<Duration> CLOSE_TIMEOUT = of("closeTimeout", InitargKey::positive, INHERITED_TLS);
    static final InitargKey<Handshake> HANDSHAKE = of("handshake", TLS);
    static final InitargKey<Direction> DIRECTION = of("direction", CREATION);
    static final InitargKey<Charset> CHARSET = of("charset", InitargKey::encoding, CREATION);
    static final InitargKey<Consumer<SSLContext>> CONTEXT_CONFIGURER = of("contextConfigurer", TLS);
    static final InitargKey<Consumer<SSLEngine>> ENGINE_CONFIGURER = of("engineConfigurer", TLS);
    static final InitargKey<Boolean> ERRORP = of("errorp", CREATION);
    static final InitargKey<ProxyHeaderReader> PROXY_PROTOCOL = of("proxyProtocol", Set.of(Use.CREATE));
    static final InitargKey<Duration> CONNECT_TIMEOUT = timeout("connectTimeout", CONNECTOR);
    static final InitargKey<InetSocketAddress> LOCAL_ADDRESS = of("localAddress", CONNECTOR);
    static final InitargKey<Boolean> KEEP_ALIVE = of("keepAlive", CONNECTOR);
    static final InitargKey<Boolean> NO_DELAY = of("noDelay", CONNECTOR);
    static final InitargKey<AddressPreference> ADDRESS_PREFERENCE = of("addressPreference", CONNECTOR);

    static Set<String> names() {
        return Collections.unmodifiableSet(NAMES);
    }

    private static <T> InitargKey<T> of(String name, Set<Use> uses) {
        return of(name, UnaryOperator.identity(), uses);
    }

    private static <T> InitargKey<T> of(String name, UnaryOperator<T> check, Set<Use> uses) {
        NAMES.add(name);
        return new InitargKey<>(name, check, uses);
    }

    private static InitargKey<Duration> timeout(String name, Set<Use> uses) {
        return of(name, limit -> required(!limit.isNegative(), name + " must not be negative", limit), uses);
    }

    /** A close is always bounded. */
    private static Duration positive(Duration limit) {
        return required(limit.compareTo(Duration.ZERO) > 0, "closeTimeout must be positive", limit);
    }

    private static Duration required(boolean valid, String rule, Duration limit) {
        if (!valid) {
            throw new IllegalArgumentException(rule + ", but is " + limit + ". Omit it to use the default");
        }
        return limit;
    }

    private static String notBlank(String host) {
        if (host.isBlank()) {
            throw new IllegalArgumentException("serverName must not be blank");
        }
        return host;
    }

    private static List<String> protocols(List<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("alpn needs at least one protocol name");
        }
        if (Stream.of(names.toArray()).anyMatch(name -> name == null || name.equals(""))) {
            throw new IllegalArgumentException("alpn contains a null or empty name: " + names);
        }
        return List.copyOf(names);
    }

    private static Charset encoding(Charset charset) {
        if (!charset.canEncode()) {
            throw new IllegalArgumentException(
                    "charset " + charset + " can only decode. Use a charset that can encode");
        }
        return charset;
    }
}
