package io.sluice.stream;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

    static final InitargKey<SslContextSpecifier> SSL_CONTEXT = of("sslContext");
    static final InitargKey<SslSide> SSL_SIDE = of("sslSide", Use.CREATE, Use.CONNECT, Use.ATTACH);
    static final InitargKey<String> SERVER_NAME =
            of("serverName", InitargKey::notBlank, Use.CREATE, Use.CONNECT, Use.ATTACH, Use.LATER_ATTACH);
    static final InitargKey<List<String>> ALPN =
            of("alpn", InitargKey::protocols, Use.CREATE, Use.CONNECT, Use.ATTACH, Use.LATER_ATTACH);
    static final InitargKey<Duration> READ_TIMEOUT = timeout("readTimeout", Use.CREATE, Use.CONNECT);
    static final InitargKey<Duration> WRITE_TIMEOUT = timeout("writeTimeout", Use.CREATE, Use.CONNECT);
    static final InitargKey<Duration> HANDSHAKE_TIMEOUT =
            timeout("handshakeTimeout", Use.CREATE, Use.CONNECT, Use.ATTACH, Use.LATER_ATTACH);
    static final InitargKey<Duration> CLOSE_TIMEOUT =
            of("closeTimeout", InitargKey::positive, Use.CREATE, Use.CONNECT, Use.ATTACH, Use.LATER_ATTACH);
    static final InitargKey<Handshake> HANDSHAKE = of("handshake", Use.CREATE, Use.CONNECT, Use.ATTACH);
    static final InitargKey<Direction> DIRECTION = of("direction");
    static final InitargKey<Charset> CHARSET = of("charset", InitargKey::encoding, Use.CREATE, Use.CONNECT);
    static final InitargKey<Consumer<SSLContext>> CONTEXT_CONFIGURER =
            of("contextConfigurer", Use.CREATE, Use.CONNECT, Use.ATTACH);
    static final InitargKey<Consumer<SSLEngine>> ENGINE_CONFIGURER =
            of("engineConfigurer", Use.CREATE, Use.CONNECT, Use.ATTACH);
    static final InitargKey<Boolean> ERRORP = of("errorp");
    static final InitargKey<ProxyHeaderReader> PROXY_PROTOCOL = of("proxyProtocol", Use.CREATE);
    static final InitargKey<Duration> CONNECT_TIMEOUT = timeout("connectTimeout", Use.CONNECT);
    static final InitargKey<InetSocketAddress> LOCAL_ADDRESS = of("localAddress", Use.CONNECT);
    static final InitargKey<Boolean> KEEP_ALIVE = of("keepAlive", Use.CONNECT);
    static final InitargKey<Boolean> NO_DELAY = of("noDelay", Use.CONNECT);
    static final InitargKey<AddressPreference> ADDRESS_PREFERENCE = of("addressPreference", Use.CONNECT);

    static final List<InitargKey<?>> ALL = List.of(
            SSL_CONTEXT,
            SSL_SIDE,
            SERVER_NAME,
            ALPN,
            READ_TIMEOUT,
            WRITE_TIMEOUT,
            HANDSHAKE_TIMEOUT,
            CLOSE_TIMEOUT,
            HANDSHAKE,
            DIRECTION,
            CHARSET,
            CONTEXT_CONFIGURER,
            ENGINE_CONFIGURER,
            ERRORP,
            PROXY_PROTOCOL,
            CONNECT_TIMEOUT,
            LOCAL_ADDRESS,
            KEEP_ALIVE,
            NO_DELAY,
            ADDRESS_PREFERENCE);

    static Optional<InitargKey<?>> named(String name) {
        return ALL.stream()
                .filter(key -> key.name.equals(name))
                .<InitargKey<?>>map(key -> key)
                .findFirst();
    }

    private static <T> InitargKey<T> of(String name) {
        return of(name, Use.CREATE, Use.CONNECT);
    }

    private static <T> InitargKey<T> of(String name, Use... uses) {
        return of(name, UnaryOperator.identity(), uses);
    }

    private static <T> InitargKey<T> of(String name, UnaryOperator<T> check, Use... uses) {
        return new InitargKey<>(name, check, Set.of(uses));
    }

    private static InitargKey<Duration> timeout(String name, Use... uses) {
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
