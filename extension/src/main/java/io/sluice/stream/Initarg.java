package io.sluice.stream;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.stream.proxy.ProxyHeader;
import io.sluice.stream.proxy.ProxyProtocol;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * An "initialization argument": a named argument of one call that creates a stream. The name comes from the Lisp function that Sluice renders.
 * The named factories make the library's own; {@link #of(String, Object)} makes one for an {@link Assisted} injection point of the stream
 * class. Immutable and thread-safe. Each may be given once per call.
 *
 * <p>A factory accepts every value. If a value is invalid (null, a negative duration), the call that receives it throws a {@link
 * NullPointerException} or an {@link IllegalArgumentException} that names the initarg, and closes its socket as on every failure.
 */
public final class Initarg {

    private static final Object NOTHING = new Object();

    private final String name;
    private final @Nullable InitargKey<?> key;
    private final Object value;
    private final @Nullable RuntimeException defect;

    private Initarg(String name, @Nullable InitargKey<?> key, Object value, @Nullable RuntimeException defect) {
        this.name = name;
        this.key = key;
        this.value = value;
        this.defect = defect;
    }

    /** What the check throws is kept for the call, and so is the line that gave the value. */
    private static <T> Initarg of(
            String name, @Nullable InitargKey<T> key, @Nullable T given, String what, UnaryOperator<T> check) {
        try {
            return new Initarg(name, key, check.apply(Objects.requireNonNull(given, what)), null);
        } catch (NullPointerException | IllegalArgumentException defect) {
            return new Initarg(name, key, NOTHING, defect);
        }
    }

    private static <T> Initarg of(InitargKey<T> key, @Nullable T value) {
        return of(key.name(), key, value, key.name(), key.check());
    }

    /**
     * An argument for the stream class's {@code @Assisted(name)} points.
     *
     * @param name the name, not blank; those of the library's own initargs are reserved
     * @param value the value, not null
     * @return the initarg
     */
    public static Initarg of(String name, Object value) {
        return of(String.valueOf(name), null, value, "the value of initarg \"" + name + "\"", given -> {
            if (Objects.requireNonNull(name, "name").isBlank()) {
                throw new IllegalArgumentException("an initarg needs a name");
            }
            if (InitargKey.named(name).isPresent()) {
                throw new IllegalArgumentException("\"" + name + "\" is reserved: use Initarg." + name + "(…)");
            }
            return given;
        });
    }

    /**
     * This call's context, in place of the injected one.
     *
     * @param context any specifier; {@code SslContexts.get(name)} for a name known only at run time
     * @return the initarg
     */
    public static Initarg sslContext(SslContextSpecifier context) {
        return of(InitargKey.SSL_CONTEXT, context);
    }

    /**
     * The side of the handshake. Default: server for the creator, client for the connector.
     *
     * @param side the side; {@code BOTH} leaves the choice to the engine configurer
     * @return the initarg
     */
    public static Initarg sslSide(SslSide side) {
        return of(InitargKey.SSL_SIDE, side);
    }

    /**
     * The server's name: what a client asks for (SNI, RFC 6066) and verifies the certificate against. An IP address is verified
     * but not sent, and a final dot is removed.
     *
     * @param host a host name or an IP address
     * @return the initarg
     */
    public static Initarg serverName(String host) {
        return of(InitargKey.SERVER_NAME, host);
    }

    /**
     * The application protocols offered or accepted by ALPN (RFC 7301), the preferred one first.
     *
     * @param protocols their names, at least one
     * @return the initarg
     */
    public static Initarg alpn(String... protocols) {
        return of(InitargKey.ALPN, protocols == null ? null : Arrays.asList(protocols));
    }

    /**
     * How long a read waits for data, between arrivals. Default: without limit. See {@link SocketStream#readTimeout}.
     *
     * @param limit the limit; zero means no limit
     * @return the initarg
     */
    public static Initarg readTimeout(Duration limit) {
        return of(InitargKey.READ_TIMEOUT, limit);
    }

    /**
     * How long a write waits for the peer to take data. Default: without limit. A write that times out ends the
     * connection.
     *
     * @param limit the limit; zero means no limit
     * @return the initarg
     */
    public static Initarg writeTimeout(Duration limit) {
        return of(InitargKey.WRITE_TIMEOUT, limit);
    }

    /**
     * The deadline of the whole handshake. Default: the context's, 10 seconds unless configured.
     *
     * @param limit the limit; zero means no limit
     * @return the initarg
     */
    public static Initarg handshakeTimeout(Duration limit) {
        return of(InitargKey.HANDSHAKE_TIMEOUT, limit);
    }

    /**
     * How long closing may wait for the close_notify to be written. Default: the context's, 2 seconds unless configured.
     *
     * @param limit longer than zero: a close is always bounded
     * @return the initarg
     */
    public static Initarg closeTimeout(Duration limit) {
        return of(InitargKey.CLOSE_TIMEOUT, limit);
    }

    /**
     * When the handshake is done. Default: {@link Handshake#EAGER}.
     *
     * @param when the time
     * @return the initarg
     */
    public static Initarg handshake(Handshake when) {
        return of(InitargKey.HANDSHAKE, when);
    }

    /**
     * Which ways the stream is used. Default: {@link Direction#BOTH}.
     *
     * @param direction the direction
     * @return the initarg
     */
    public static Initarg direction(Direction direction) {
        return of(InitargKey.DIRECTION, direction);
    }

    /**
     * The charset of the stream's reader and writer. Default: UTF-8.
     *
     * @param charset a charset that can encode
     * @return the initarg
     */
    public static Initarg charset(Charset charset) {
        return of(InitargKey.CHARSET, charset);
    }

    /**
     * Runs on the SSL context before it is used. Only for contexts that the library makes for this call: {@code
     * SslContextSpecifier.defaults()} and {@code protocol(…)}.
     *
     * @param configurer what to do with the context
     * @return the initarg
     */
    public static Initarg contextConfigurer(Consumer<SSLContext> configurer) {
        return of(InitargKey.CONTEXT_CONFIGURER, configurer);
    }

    /**
     * Runs on the connection's engine, all parameters set, before the handshake. Not for an engine that was given.
     *
     * @param configurer what to do with the engine
     * @return the initarg
     */
    public static Initarg engineConfigurer(Consumer<SSLEngine> configurer) {
        return of(InitargKey.ENGINE_CONFIGURER, configurer);
    }

    /**
     * Whether this call throws socket errors. Default: as the injection point's {@code @SslContext} says.
     *
     * @param thrown {@code true} to throw, {@code false} to return {@code Refused}
     * @return the initarg
     */
    public static Initarg errorp(boolean thrown) {
        return of(InitargKey.ERRORP, thrown);
    }

    /**
     * That the connection begins with a PROXY header, read before TLS and within the handshake's deadline. Creator only.
     * Default: it does not. See {@link SocketStream#proxyHeader()}.
     *
     * @param protocol which versions, and whose headers
     * @return the initarg
     */
    public static Initarg proxyProtocol(ProxyProtocol protocol) {
        return proxyProtocol(protocol, header -> {});
    }

    /**
     * The same, with a callback that receives the header as soon as it is read, even if the handshake fails afterwards.
     *
     * @param protocol which versions, and whose headers
     * @param listener called once, on the creating thread; if it throws, the creation fails
     * @return the initarg
     */
    public static Initarg proxyProtocol(ProxyProtocol protocol, Consumer<ProxyHeader> listener) {
        return of(InitargKey.PROXY_PROTOCOL, protocol == null ? null : new ProxyHeaderReader(protocol, listener));
    }

    /**
     * How long connecting may take, over all addresses of the host. Connector only. Default: 10 seconds.
     *
     * @param limit the limit; zero means no limit
     * @return the initarg
     */
    public static Initarg connectTimeout(Duration limit) {
        return of(InitargKey.CONNECT_TIMEOUT, limit);
    }

    /**
     * The local address and port to connect from. Connector only. Default: chosen by the system.
     *
     * @param address an address; port 0 for any
     * @return the initarg
     */
    public static Initarg localAddress(InetSocketAddress address) {
        return of(InitargKey.LOCAL_ADDRESS, address);
    }

    /**
     * Whether TCP keep-alive is on. Connector only. Default: off.
     *
     * @param on {@code true} for on
     * @return the initarg
     */
    public static Initarg keepAlive(boolean on) {
        return of(InitargKey.KEEP_ALIVE, on);
    }

    /**
     * Whether small segments are sent at once (TCP_NODELAY). Connector only. Default: on.
     *
     * @param on {@code true} for on
     * @return the initarg
     */
    public static Initarg noDelay(boolean on) {
        return of(InitargKey.NO_DELAY, on);
    }

    /**
     * Which of a host's addresses are tried first. Connector only. Default: as the system orders them.
     *
     * @param preference the family preferred
     * @return the initarg
     */
    public static Initarg addressPreference(AddressPreference preference) {
        return of(InitargKey.ADDRESS_PREFERENCE, preference);
    }

    /**
     * The initarg's name.
     *
     * @return the name, {@code readTimeout} say
     */
    public String name() {
        return name;
    }

    /**
     * The initarg's value.
     *
     * @return the value, never null
     * @throws NullPointerException if null was given
     * @throws IllegalArgumentException if an invalid value was given
     */
    public Object value() {
        if (defect != null) {
            throw defect;
        }
        return value;
    }

    /** Null for an initarg of the stream class. */
    @Nullable
    InitargKey<?> key() {
        return key;
    }

    /** The name and the type of the value: the value itself may be a secret. */
    @Override
    public String toString() {
        return name() + " (" + (defect == null ? value.getClass().getSimpleName() : "not usable") + ")";
    }
}
