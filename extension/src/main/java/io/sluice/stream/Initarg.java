package io.sluice.stream;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.stream.proxy.ProxyHeader;
import io.sluice.stream.proxy.ProxyProtocol;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * One named argument of a creation. Those made by the named factories are the library's own; {@link #of(String, Object)}
 * makes one for an {@link Assisted} point of the stream class. Immutable; each may be given once a call.
 *
 * <p>A duration must be positive: to wait without a limit, leave the initarg away. What cannot be (null, a duration that is
 * not positive) is an error of the call that is given it, not of the factory: so the call closes its socket, as on every
 * failure. It is a {@link NullPointerException} or an {@link IllegalArgumentException} that names the initarg.
 */
public final class Initarg {

    private static final Object NOTHING = new Object();

    private final InitargName name;
    private final Object value;
    private final @Nullable RuntimeException defect;

    private Initarg(InitargName name, Object value, @Nullable RuntimeException defect) {
        this.name = name;
        this.value = value;
        this.defect = defect;
    }

    /** What the check throws is kept for the call, and so is the line that gave the value. */
    private static <T> Initarg checked(InitargName name, T given, String what, Function<T, Object> check) {
        try {
            return new Initarg(name, check.apply(Objects.requireNonNull(given, what)), null);
        } catch (NullPointerException | IllegalArgumentException defect) {
            return new Initarg(name, NOTHING, defect);
        }
    }

    private static <T> Initarg library(LibraryInitarg name, T value) {
        return library(name, value, given -> given);
    }

    private static <T> Initarg library(LibraryInitarg name, T value, Function<T, Object> check) {
        return checked(name, value, name.label(), check);
    }

    /** Zero means no limit. A close is always bounded. */
    private static Initarg timeout(LibraryInitarg name, Duration limit) {
        return library(name, limit, given -> {
            boolean bounded = name == LibraryInitarg.CLOSE_TIMEOUT;
            if (given.isNegative() || bounded && given.isZero()) {
                throw new IllegalArgumentException(
                        name.label() + " must " + (bounded ? "be positive" : "not be negative") + ", but is " + given
                                + ". Omit it to use the default");
            }
            return given;
        });
    }

    /**
     * An argument for the stream class's {@code @Assisted(name)} points.
     *
     * @param name the name, not blank; those of the library's own initargs are reserved
     * @param value the value, not null
     * @return the initarg
     */
    public static Initarg of(String name, Object value) {
        AssistedName own = new AssistedName(String.valueOf(name));
        return checked(own, value, "the value of initarg \"" + name + "\"", given -> {
            if (Objects.requireNonNull(name, "name").isBlank()) {
                throw new IllegalArgumentException("an initarg needs a name");
            }
            LibraryInitarg.labelled(name).ifPresent(reserved -> {
                throw new IllegalArgumentException(
                        "\"" + name + "\" is the library's own: use Initarg." + name + "(…)");
            });
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
        return library(LibraryInitarg.SSL_CONTEXT, context);
    }

    /**
     * The side of the handshake. Default: server for the creator, client for the connector.
     *
     * @param side the side; {@code BOTH} leaves the choice to the engine configurer
     * @return the initarg
     */
    public static Initarg sslSide(SslSide side) {
        return library(LibraryInitarg.SSL_SIDE, side);
    }

    /**
     * The server's name: what a client asks for (SNI, RFC 6066) and verifies the certificate against. An IP address is verified
     * but not sent, and a final dot is removed.
     *
     * @param host a host name or an IP address
     * @return the initarg
     */
    public static Initarg serverName(String host) {
        return library(LibraryInitarg.SERVER_NAME, host, given -> {
            if (given.isBlank()) {
                throw new IllegalArgumentException("serverName must not be blank");
            }
            return given;
        });
    }

    /**
     * The application protocols offered or accepted by ALPN (RFC 7301), the preferred one first.
     *
     * @param protocols their names, at least one
     * @return the initarg
     */
    public static Initarg alpn(String... protocols) {
        return library(LibraryInitarg.ALPN, protocols, given -> {
            List<String> names = Arrays.asList(given);
            if (names.isEmpty()) {
                throw new IllegalArgumentException("alpn needs at least one protocol name");
            }
            if (names.stream().anyMatch(name -> name == null || name.isEmpty())) {
                throw new IllegalArgumentException("alpn holds a null or empty name: " + names);
            }
            return List.copyOf(names);
        });
    }

    /**
     * How long a read waits for data, between arrivals. Default: without limit. See {@link SocketStream#readTimeout}.
     *
     * @param limit the limit; zero means no limit
     * @return the initarg
     */
    public static Initarg readTimeout(Duration limit) {
        return timeout(LibraryInitarg.READ_TIMEOUT, limit);
    }

    /**
     * How long a write waits for the peer to take data. Default: without limit. A write that times out ends the
     * connection.
     *
     * @param limit the limit; zero means no limit
     * @return the initarg
     */
    public static Initarg writeTimeout(Duration limit) {
        return timeout(LibraryInitarg.WRITE_TIMEOUT, limit);
    }

    /**
     * The deadline of the whole handshake. Default: the context's, 10 seconds unless configured.
     *
     * @param limit the limit; zero means no limit
     * @return the initarg
     */
    public static Initarg handshakeTimeout(Duration limit) {
        return timeout(LibraryInitarg.HANDSHAKE_TIMEOUT, limit);
    }

    /**
     * How long closing may wait for the close_notify to be written. Default: the context's, 2 seconds unless configured.
     *
     * @param limit longer than zero: a close is always bounded
     * @return the initarg
     */
    public static Initarg closeTimeout(Duration limit) {
        return timeout(LibraryInitarg.CLOSE_TIMEOUT, limit);
    }

    /**
     * When the handshake is done. Default: {@link Handshake#EAGER}.
     *
     * @param when the time
     * @return the initarg
     */
    public static Initarg handshake(Handshake when) {
        return library(LibraryInitarg.HANDSHAKE, when);
    }

    /**
     * Which ways the stream is used. Default: {@link Direction#BOTH}.
     *
     * @param direction the direction
     * @return the initarg
     */
    public static Initarg direction(Direction direction) {
        return library(LibraryInitarg.DIRECTION, direction);
    }

    /**
     * The charset of the stream's reader and writer. Default: UTF-8.
     *
     * @param charset a charset that can encode
     * @return the initarg
     */
    public static Initarg charset(Charset charset) {
        return library(LibraryInitarg.CHARSET, charset, given -> {
            if (!given.canEncode()) {
                throw new IllegalArgumentException("charset " + given + " can only be read, not written: give another");
            }
            return given;
        });
    }

    /**
     * Runs on the SSL context before it is used. Only for contexts that the library makes for this call: {@code
     * SslContextSpecifier.defaults()} and {@code protocol(…)}.
     *
     * @param configurer what to do with the context
     * @return the initarg
     */
    public static Initarg contextConfigurer(Consumer<SSLContext> configurer) {
        return library(LibraryInitarg.CONTEXT_CONFIGURER, configurer);
    }

    /**
     * Runs on the connection's engine, all parameters set, before the handshake. Not for an engine that was given.
     *
     * @param configurer what to do with the engine
     * @return the initarg
     */
    public static Initarg engineConfigurer(Consumer<SSLEngine> configurer) {
        return library(LibraryInitarg.ENGINE_CONFIGURER, configurer);
    }

    /**
     * Whether this call throws socket errors. Default: as the injection point's {@code @SslContext} says.
     *
     * @param thrown {@code true} to throw, {@code false} to return {@code Refused}
     * @return the initarg
     */
    public static Initarg errorp(boolean thrown) {
        return library(LibraryInitarg.ERRORP, thrown);
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
     * The same, telling the header as soon as it was read: also when the handshake fails after it.
     *
     * @param protocol which versions, and whose headers
     * @param told called once, on the creating thread; what it throws ends the creation
     * @return the initarg
     */
    public static Initarg proxyProtocol(ProxyProtocol protocol, Consumer<ProxyHeader> told) {
        return library(LibraryInitarg.PROXY_PROTOCOL, protocol, given -> new ProxyHeaderReader(given, told));
    }

    /**
     * How long connecting may take, over all addresses of the host. Connector only. Default: 10 seconds.
     *
     * @param limit the limit; zero means no limit
     * @return the initarg
     */
    public static Initarg connectTimeout(Duration limit) {
        return timeout(LibraryInitarg.CONNECT_TIMEOUT, limit);
    }

    /**
     * The local address and port to connect from. Connector only. Default: chosen by the system.
     *
     * @param address an address; port 0 for any
     * @return the initarg
     */
    public static Initarg localAddress(InetSocketAddress address) {
        return library(LibraryInitarg.LOCAL_ADDRESS, address);
    }

    /**
     * Whether TCP keep-alive is on. Connector only. Default: off.
     *
     * @param on {@code true} for on
     * @return the initarg
     */
    public static Initarg keepAlive(boolean on) {
        return library(LibraryInitarg.KEEP_ALIVE, on);
    }

    /**
     * Whether small segments are sent at once (TCP_NODELAY). Connector only. Default: on.
     *
     * @param on {@code true} for on
     * @return the initarg
     */
    public static Initarg noDelay(boolean on) {
        return library(LibraryInitarg.NO_DELAY, on);
    }

    /**
     * Which of a host's addresses are tried first. Connector only. Default: as the system orders them.
     *
     * @param preference the family preferred
     * @return the initarg
     */
    public static Initarg addressPreference(AddressPreference preference) {
        return library(LibraryInitarg.ADDRESS_PREFERENCE, preference);
    }

    /**
     * The initarg's name.
     *
     * @return the name, {@code readTimeout} say
     */
    public String name() {
        return name.label();
    }

    /**
     * The initarg's value.
     *
     * @return the value, never null
     * @throws NullPointerException if null was given
     * @throws IllegalArgumentException if what was given cannot be
     */
    public Object value() {
        if (defect != null) {
            throw defect;
        }
        return value;
    }

    InitargName key() {
        return name;
    }

    /** The name and the type of the value: the value itself may be a secret. */
    @Override
    public String toString() {
        return name() + " (" + (defect == null ? value.getClass().getSimpleName() : "not usable") + ")";
    }
}
