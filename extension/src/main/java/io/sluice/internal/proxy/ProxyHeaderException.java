package io.sluice.internal.proxy;

/** Bytes that are not a PROXY header, or not of an accepted version. The message gives the reason. */
public final class ProxyHeaderException extends Exception {

    private static final long serialVersionUID = 1L;

    ProxyHeaderException(String message) {
        super(message);
    }
}
