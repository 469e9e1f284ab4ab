package io.sluice.benchmarks;

/** What a server does with its connections. */
enum ServerMode {
    /** One after the other on one thread: a byte each way. */
    ONE_BYTE,
    /** One after the other on one thread: bytes in bulk. */
    BULK,
    /** Each on a virtual thread of its own, which waits for bytes to echo. */
    IDLE
}
