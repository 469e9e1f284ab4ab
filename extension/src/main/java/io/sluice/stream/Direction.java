package io.sluice.stream;

/** The directions in which a stream is used. */
public enum Direction {
    /** Input only. */
    INPUT,
    /** Output only. */
    OUTPUT,
    /** Input and output. This is the default. */
    BOTH;

    boolean reads() {
        return this != OUTPUT;
    }

    boolean writes() {
        return this != INPUT;
    }
}
