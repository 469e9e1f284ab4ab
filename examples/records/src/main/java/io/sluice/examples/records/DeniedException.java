package io.sluice.examples.records;

/** Thrown if the caller lacks a right. The connection goes on. */
public class DeniedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DeniedException(String message) {
        super(message);
    }
}
