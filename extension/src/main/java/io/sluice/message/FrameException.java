package io.sluice.message;

import java.io.IOException;

/** The bytes of a peer are no frame of the protocol, or a message cannot be a frame. The message says what is wrong with them. */
public class FrameException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message what is wrong, such as "the length -3 is negative"; it must not contain secrets of the frame
     */
    public FrameException(String message) {
        super(message);
    }

    /**
     * Creates an exception with a cause.
     *
     * @param message what is wrong
     * @param cause the cause
     */
    public FrameException(String message, Throwable cause) {
        super(message, cause);
    }
}
