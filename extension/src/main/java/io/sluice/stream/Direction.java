package io.sluice.stream;

/** Which ways a stream is used. */
public enum Direction {
    /** Only its input. */
    INPUT,
    /** Only its output. */
    OUTPUT,
    /** Input and output: the default. */
    BOTH;

    boolean reads() {
        return this != OUTPUT;
    }

    boolean writes() {
        return this != INPUT;
    }
}
