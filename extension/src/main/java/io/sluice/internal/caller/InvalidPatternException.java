package io.sluice.internal.caller;

/** Thrown for a pattern that can match no name. The message is the fault. */
final class InvalidPatternException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    InvalidPatternException(String fault, String remedy) {
        super(fault);
        this.remedy = remedy;
    }

    String fault() {
        return String.valueOf(getMessage());
    }

    String remedy() {
        return remedy;
    }
}
