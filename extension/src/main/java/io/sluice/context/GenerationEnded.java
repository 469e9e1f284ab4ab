package io.sluice.context;

/**
 * An event: no stream uses an old generation of a named context any more. It has the qualifier {@link SslContext} with the context's
 * name. It is fired once for each generation after a newer one is in use, to synchronous and asynchronous observers. Connections that
 * applications open with the factories or engines of the context are not counted. Implemented by Sluice only, so later versions may add
 * methods.
 */
public interface GenerationEnded {

    /**
     * The context's name.
     *
     * @return the value of its {@code @SslContext}
     */
    String context();

    /**
     * The generation that has ended.
     *
     * @return its number
     */
    long generation();

    /**
     * The generation that is in use now.
     *
     * @return its number
     */
    long current();
}
