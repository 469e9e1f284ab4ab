package io.sluice.stream.proxy;

/** The versions of the PROXY protocol that are accepted. */
public enum ProxyVersion {
    /** The line of text: haproxy's {@code send-proxy}. */
    V1,
    /** The binary one: haproxy's {@code send-proxy-v2}. */
    V2,
    /** Either. A header is required all the same. */
    ANY
}
