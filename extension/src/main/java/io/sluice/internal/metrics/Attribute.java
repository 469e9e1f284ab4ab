package io.sluice.internal.metrics;

/** What distinguishes the values of one metric. Each has few values, which the application and Sluice know in advance. */
public enum Attribute {
    /** The name of the endpoint or server. */
    ENDPOINT("sluice.endpoint"),
    /** The name of the context. */
    CONTEXT("sluice.context"),
    /** The limit because of which connections are refused. */
    LIMIT("sluice.limit"),
    /** How connections ended. */
    END("sluice.connection.end"),
    /** Which side of the handshake this is: {@code client} or {@code server}. */
    SIDE("sluice.side"),
    /** Whether a reload is {@code done} or {@code failed}. */
    OUTCOME("sluice.outcome"),
    /** Whether connections use the {@code current} material of their context or {@code old} one. */
    MATERIAL("sluice.material"),
    /** What a certificate is for: {@code key} or {@code trust}. */
    ROLE("sluice.role"),
    /** The kind of the condition; {@code _OTHER} for other exceptions. */
    ERROR("error.type"),
    /** {@code receive} or {@code transmit}. */
    DIRECTION("network.io.direction"),
    /** The version of TLS, such as {@code 1.3}. */
    VERSION("tls.protocol.version"),
    /** Whether the session was resumed. */
    RESUMED("tls.resumed");

    private final String key;

    Attribute(String key) {
        this.key = key;
    }

    /**
     * The name.
     *
     * @return the name in OpenTelemetry's form
     */
    public String key() {
        return key;
    }
}
