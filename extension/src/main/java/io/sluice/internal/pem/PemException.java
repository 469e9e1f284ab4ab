package io.sluice.internal.pem;

/** Why a private key cannot be read. Says nothing of the key itself. */
public final class PemException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Fault {
        NO_KEY,
        NO_PASSWORD,
        WRONG_PASSWORD,
        UNKNOWN_ENCRYPTION,
        DAMAGED
    }

    private final Fault fault;
    private final String detail;

    PemException(Fault fault, String detail, Throwable cause) {
        super(fault + detail, cause);
        this.fault = fault;
        this.detail = detail;
    }

    PemException(Fault fault, String detail) {
        super(fault + detail);
        this.fault = fault;
        this.detail = detail;
    }

    public Fault fault() {
        return fault;
    }

    /** More words for the end of a message, or nothing. */
    public String detail() {
        return detail;
    }
}
