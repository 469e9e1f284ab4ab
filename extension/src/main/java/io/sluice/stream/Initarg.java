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
 * An initialization argument: a named, optional argument of one call that creates a stream. The term comes from the Lisp function that
 * Sluice models. The named factories create Sluice's own initargs. {@link #of(String, Object)} creates one for an {@link Assisted} injection
 * point of the stream class. A call takes each initarg at most once. Immutable. Thread-safe.
 *
 * <p>The factories accept every value. If a value is invalid (null or a negative duration), the call that receives it throws a {@link
 * NullPointerException} or an {@link IllegalArgumentException} that names the initarg, and closes its socket as on every failure.
 */
public final class Initarg {

    private static final Object NO_VALUE = new Object();
    private static final String NULL_REMEDY = "Pass a value, or omit the initarg";

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

    /** Keeps the exception of a failed check for the call: its stack trace shows the line with the invalid value. */
    private static <T> Initarg of(
            String name, @Nullable InitargKey<T> key, @Nullable T value, String what, UnaryOperator<T> check) {
        try {
            return new Initarg(name, key, check.apply(Objects.requireNonNull(value, what)), null);
        } catch (NullPointerException | IllegalArgumentException defect) {
            return new Initarg(name, key, NO_VALUE, defect);
        }
    }

    private static <T> Initarg of(InitargKey<T> key, @Nullable T value) {
        return of(key.name(), key, value, "initarg '" + key.name() + "' is null. " + NULL_REMEDY, key.check());
    }

    /**
     * Supplies a value for the {@code @Assisted(name)} injection points of the stream class.
     *
     * @param name the name, not blank; the names of Sluice's own initargs are reserved
     * @param value the value, not null
     * @return the initarg
     */
    public static Initarg of(String name, Object value) {
        return of(
                String.valueOf(name),
                null,
                value,
                "the value of initarg '" + name + "' is null. " + NULL_REMEDY,
                valid -> {
                    if (Objects.requireNonNull(name, "name").isBlank()) {
                        throw new IllegalArgumentException("the name of an initarg must not be blank");
                    }
                    if (InitargKey.names().contains(name)) {
                        throw new IllegalArgumentException("'" + name + "' is reserved: use Initarg." + name + "(…)");
                    }
                    return valid;
                });
    }

    /**
     * Sets the context of this call, in place of the injected one.
     *
     * @param context any specifier; use {@code SslContexts.get(name)} for a name known only at run time
     * @return the initarg
     */
    public static Initarg sslContext(SslContextSpecifier context) {
        return of(InitargKey.SSL_CONTEXT, context);
    }

    /**
     * Sets the side of the handshake. Default: server for a creator, client for a connector.
     *
     * @param side the side; {@code BOTH} leaves the choice to the engine configurer
     * @return the initarg
     */
    public static Initarg sslSide(SslSide side) {
        return of(InitargKey.SSL_SIDE, side);
    }

    /**
     * Sets the server's name. The client requests this name (SNI, RFC 6066) and verifies the certificate against it. An IP address is
     * verified but not sent. A final dot is removed.
     *
     * @param host a host name or an IP address
     * @return the initarg
     */
    public static Initarg serverName(String host) {
        return of(InitargKey.SERVER_NAME, host);
    }

    /**
     * Sets the application protocols to offer or accept by ALPN (RFC 7301), the preferred one first.
     *
     * @param protocols their names, at least one
     * @return the initarg
     */
    public static Initarg alpn(String... protocols) {
        return of(InitargKey.ALPN, protocols == null ? null : Arrays.asList(protocols));
    }

    /**
     * Sets how long a read waits for data, between arrivals. Default: no limit. See {@link SocketStream#readTimeout}.
     *
     * @param limit the limit; zero means no limit
     * @return the initarg
     */
    public static Initarg readTimeout(Duration limit) {
        return of(InitargKey.READ_TIMEOUT, limit);
    }

    /**
     * Sets how long a write waits for the peer to take data. Default: no limit. A write that times out ends the connection.
     *
     * @param limit the limit; zero means no limit
     * @return the initarg
     */
    public static Initarg writeTimeout(Duration limit) {
        return of(InitargKey.WRITE_TIMEOUT, limit);
    }

    /**
     * Sets the deadline of the whole handshake. Default: the context's, which is 10 seconds unless configured.
     *
     * @param limit the limit; zero means no limit
     * @return the initarg
     */
    public static Initarg handshakeTimeout(Duration limit) {
        return of(InitargKey.HANDSHAKE_TIMEOUT, limit);
    }

    /**
     * Sets how long closing may wait for close_notify to be written. Default: the context's, which is 2 seconds unless configured.
     *
     * @param limit the limit, positive because a close is always bounded
     * @return the initarg
     */
    public static Initarg closeTimeout(Duration limit) {
        return of(InitargKey.CLOSE_TIMEOUT, limit);
    }

    /**
     * Sets when the handshake is done. Default: {@link Handshake#EAGER}.
     *
     * @param when the time of the handshake
     * @return the initarg
     */
    public static Initarg handshake(Handshake when) {
        return of(InitargKey.HANDSHAKE, when);
    }

    /**
     * Sets the directions in which the stream is used. Default: {@link Direction#BOTH}.
     *
     * @param direction the direction
     * @return the initarg
     */
    public static Initarg direction(Direction direction) {
        return of(InitargKey.DIRECTION, direction);
    }

    /**
     * Sets the charset of the stream's reader and writer. Default: UTF-8.
     *
     * @param charset a charset that can encode
     * @return the initarg
     */
    public static Initarg charset(Charset charset) {
        return of(InitargKey.CHARSET, charset);
    }

    /**
     * Configures the SSL context before it is used. It applies only to contexts that Sluice creates for the call: {@code
     * SslContextSpecifier.defaults()} and {@code protocol(…)}.
     *
     * @param configurer receives the context
     * @return the initarg
     */
    public static Initarg contextConfigurer(Consumer<SSLContext> configurer) {
        return of(InitargKey.CONTEXT_CONFIGURER, configurer);
    }

    /**
     * Configures the connection's engine before the handshake, after all other parameters are set. It does not apply to an engine that the
     * application supplies.
     *
     * <p>With the engine BoringSSL, the configurer may be called twice, for two engines. The second one is used. This happens if it changes
     * whether a client checks the host's name, or whether a server requests a certificate.
     *
     * @param configurer receives the engine
     * @return the initarg
     */
    public static Initarg engineConfigurer(Consumer<SSLEngine> configurer) {
        return of(InitargKey.ENGINE_CONFIGURER, configurer);
    }

    /**
     * Sets whether this call throws conditions. Default: the {@code errorp} of the injection point's {@code @SslContext}.
     *
     * @param thrown {@code true} to throw a condition, {@code false} to return it in a {@link StreamResult.Failed}
     * @return the initarg
     */
    public static Initarg errorp(boolean thrown) {
        return of(InitargKey.ERRORP, thrown);
    }

    /**
     * Requires a PROXY header at the beginning of the connection. It is read before TLS, within the handshake's deadline. Creator only.
     * Default: no header. See {@link SocketStream#proxyHeader()}.
     *
     * @param protocol the accepted versions and the trusted balancers
     * @return the initarg
     */
    public static Initarg proxyProtocol(ProxyProtocol protocol) {
        return proxyProtocol(protocol, header -> {});
    }

    /**
     * Requires a PROXY header, and passes it to a callback as soon as it is read, even if the handshake fails afterwards.
     *
     * @param protocol the accepted versions and the trusted balancers
     * @param listener called once, on the creating thread; if it throws, the creation fails
     * @return the initarg
     */
    public static Initarg proxyProtocol(ProxyProtocol protocol, Consumer<ProxyHeader> listener) {
        boolean complete = protocol != null && listener != null;
        return of(InitargKey.PROXY_PROTOCOL, complete ? new ProxyHeaderReader(protocol, listener) : null);
    }

    /**
     * Sets how long connecting may take, over all addresses of the host. Connector only. Default: 10 seconds.
     *
     * @param limit the limit; zero means no limit
     * @return the initarg
     */
    public static Initarg connectTimeout(Duration limit) {
        return of(InitargKey.CONNECT_TIMEOUT, limit);
    }

    /**
     * Sets the local address and port to connect from. Connector only. Default: chosen by the system.
     *
     * @param address an address; port 0 for any
     * @return the initarg
     */
    public static Initarg localAddress(InetSocketAddress address) {
        return of(InitargKey.LOCAL_ADDRESS, address);
    }

    /**
     * Turns TCP keep-alive on or off. Connector only. Default: off.
     *
     * @param on {@code true} for on
     * @return the initarg
     */
    public static Initarg keepAlive(boolean on) {
        return of(InitargKey.KEEP_ALIVE, on);
    }

    /**
     * Turns TCP_NODELAY on or off: if on, small segments are sent at once. Connector only. Default: on.
     *
     * @param on {@code true} for on
     * @return the initarg
     */
    public static Initarg noDelay(boolean on) {
        return of(InitargKey.NO_DELAY, on);
    }

    /**
     * Sets which addresses of a host are tried first. Connector only. Default: the system's order.
     *
     * @param preference the preferred address family
     * @return the initarg
     */
    public static Initarg addressPreference(AddressPreference preference) {
        return of(InitargKey.ADDRESS_PREFERENCE, preference);
    }

    /**
     * Returns the initarg's name.
     *
     * @return the name, such as {@code readTimeout}
     */
    public String name() {
        return name;
    }

    /**
     * Returns the initarg's value.
     *
     * @return the value, never null
     * @throws NullPointerException if the value is null
     * @throws IllegalArgumentException if the value is invalid
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

    /** Returns the name and the type of the value. The value itself may be a secret. */
    @Override
    public String toString() {
        return name() + " (" + (defect == null ? value.getClass().getSimpleName() : "invalid") + ")";
    }
}
