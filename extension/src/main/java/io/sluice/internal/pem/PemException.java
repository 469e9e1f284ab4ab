package io.sluice.internal.pem;

import org.jspecify.annotations.Nullable;

/** A private key that cannot be read. Contains no part of the key. */
public final class PemException extends Exception {

    private static final long serialVersionUID = 1L;

    /** The reason. */
    public enum Fault {
        NO_KEY,
        NO_PASSWORD,
        WRONG_PASSWORD,
        UNKNOWN_ENCRYPTION,
        DAMAGED
    }

    private final Fault fault;
    private final String detail;

    PemException(Fault fault, String detail, @Nullable Throwable cause) {
        super(fault + detail, cause);
        this.fault = fault;
        this.detail = detail;
    }

    public Fault fault() {
        return fault;
    }

    /** Returns details for the end of a message; may be empty. */
    public String detail() {
        return detail;
    }
}
