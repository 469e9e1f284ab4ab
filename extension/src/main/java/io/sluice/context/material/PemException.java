package io.sluice.context.material;

/** Why a private key cannot be read. Says nothing of the key itself. */
final class PemException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    enum Fault {
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

    Fault fault() {
        return fault;
    }

    /** More words for the end of a message, or nothing. */
    String detail() {
        return detail;
    }
}
