package io.sluice.message;

/** A frame is longer than the limit. Its message says by how much. */
public class FrameTooLongException extends FrameException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message the length, as far as it is known, and the limit
     */
    public FrameTooLongException(String message) {
        super(message);
    }
}
