package io.sluice.examples.records;

/** The caller has no right to what it asked for: an answer like others, and no reason to hang up. */
public class DeniedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DeniedException(String message) {
        super(message);
    }
}
