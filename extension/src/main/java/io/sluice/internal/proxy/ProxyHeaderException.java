package io.sluice.internal.proxy;

/** Bytes that are no PROXY header, or none that is accepted. The message says why. */
public final class ProxyHeaderException extends Exception {

    private static final long serialVersionUID = 1L;

    ProxyHeaderException(String message) {
        super(message);
    }
}
