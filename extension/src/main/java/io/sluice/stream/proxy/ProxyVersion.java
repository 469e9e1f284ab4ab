package io.sluice.stream.proxy;

/** The accepted versions of the PROXY protocol. */
public enum ProxyVersion {
    /** Version 1, a line of text: haproxy's {@code send-proxy}. */
    V1,
    /** Version 2, a binary header: haproxy's {@code send-proxy-v2}. */
    V2,
    /** Either version. The header is still required. */
    ANY
}
