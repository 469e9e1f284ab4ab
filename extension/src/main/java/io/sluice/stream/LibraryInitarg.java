package io.sluice.stream;

import java.util.Arrays;
import java.util.Optional;

/** The library's own initargs, and who takes them. */
enum LibraryInitarg implements InitargName {
    SSL_CONTEXT("sslContext"),
    SSL_SIDE("sslSide"),
    SERVER_NAME("serverName"),
    ALPN("alpn"),
    READ_TIMEOUT("readTimeout"),
    WRITE_TIMEOUT("writeTimeout"),
    HANDSHAKE_TIMEOUT("handshakeTimeout"),
    CLOSE_TIMEOUT("closeTimeout"),
    HANDSHAKE("handshake"),
    DIRECTION("direction"),
    CHARSET("charset"),
    CONTEXT_CONFIGURER("contextConfigurer"),
    ENGINE_CONFIGURER("engineConfigurer"),
    ERRORP("errorp"),
    PROXY_PROTOCOL("proxyProtocol"),
    CONNECT_TIMEOUT("connectTimeout"),
    LOCAL_ADDRESS("localAddress"),
    KEEP_ALIVE("keepAlive"),
    NO_DELAY("noDelay"),
    ADDRESS_PREFERENCE("addressPreference");

    private final String label;

    LibraryInitarg(String label) {
        this.label = label;
    }

    static Optional<LibraryInitarg> labelled(String label) {
        return Arrays.stream(values()).filter(name -> name.label.equals(label)).findFirst();
    }

    @Override
    public String label() {
        return label;
    }

    /** Whether it says something of a TLS that is put on a living connection. */
    boolean attachable() {
        return switch (this) {
            case SSL_SIDE,
                    SERVER_NAME,
                    ALPN,
                    HANDSHAKE_TIMEOUT,
                    CLOSE_TIMEOUT,
                    HANDSHAKE,
                    CONTEXT_CONFIGURER,
                    ENGINE_CONFIGURER -> true;
            default -> false;
        };
    }

    /** Whether it keeps its value from the creation where a later attach does not give it. */
    boolean kept() {
        return switch (this) {
            case SERVER_NAME, ALPN, HANDSHAKE_TIMEOUT, CLOSE_TIMEOUT -> true;
            default -> false;
        };
    }

    boolean creatorOnly() {
        return this == PROXY_PROTOCOL;
    }

    boolean connectorOnly() {
        return compareTo(CONNECT_TIMEOUT) >= 0;
    }
}
