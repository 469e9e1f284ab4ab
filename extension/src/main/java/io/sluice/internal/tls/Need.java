package io.sluice.internal.tls;

/** What a connection needs from its driver before it can go on. */
public enum Need {
    /** More bytes of the peer. What is waiting to be sent must be sent first, because the peer may wait for it. */
    BYTES,
    /** Room for more ciphertext: what is waiting must be sent first. */
    ROOM,
    /** The engine's tasks must be run, which costs time. */
    TASK,
    /** Nothing. The step is complete. */
    NOTHING
}
