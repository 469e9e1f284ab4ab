package io.sluice.context;

/**
 * An event: a named context uses new material, or a failed reload has been repaired. It has the qualifier {@link SslContext} with the
 * context's name. Implemented by Sluice only, so later versions may add methods.
 *
 * <p>It is fired after the change, to synchronous and asynchronous observers. A synchronous observer runs on the thread that reloads, so it
 * should return soon. What it throws is logged.
 */
public interface ContextReloaded {

    /**
     * The context's name.
     *
     * @return the value of its {@code @SslContext}
     */
    String context();

    /**
     * The generation that is in use now.
     *
     * @return its number; after a failed reload, the same as before if the sources hold the material in use again
     */
    long generation();

    /**
     * The context before.
     *
     * @return its description, which is made at the first call
     */
    ContextDescription before();

    /**
     * The context now.
     *
     * @return its description, which is made at the first call
     */
    ContextDescription after();
}
