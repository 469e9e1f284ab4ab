package io.sluice.internal.settings;

/** What makes the engines of the connections that Sluice makes itself. */
public enum EngineKind {
    /** The JDK, or the JSSE provider that is configured. */
    JDK,
    /** BoringSSL, through an optional jar. */
    BORINGSSL,
    /** BoringSSL if it is there and honours every setting, and the JDK otherwise. */
    AUTO
}
