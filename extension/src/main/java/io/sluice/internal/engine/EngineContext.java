package io.sluice.internal.engine;

import javax.net.ssl.SSLException;

/** What the engines of one context have in common. Thread-safe. */
public interface EngineContext extends AutoCloseable {

    /**
     * Makes an engine.
     *
     * @param options the side, the peer and the parameters of its connection
     * @return the engine, which belongs to the caller
     * @throws SSLException if no engine can be made
     */
    EngineAdapter engine(EngineOptions options) throws SSLException;

    /**
     * Exchanges the keys of the server's tickets. Called only if there were such keys from the beginning.
     *
     * @param keys the keys from now on
     */
    void exchange(TicketKeys keys);

    /** Ends the use of this context. What it holds outside the heap is freed when its last engine is released. */
    @Override
    void close();
}
