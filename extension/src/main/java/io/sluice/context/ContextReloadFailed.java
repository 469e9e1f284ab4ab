package io.sluice.context;

import java.util.List;

/**
 * An event: new material of a named context cannot be used, and the material that was in use stays in use. It has the qualifier {@link
 * SslContext} with the context's name. It is fired once for each new state of the sources, to synchronous
 * and asynchronous observers, also if {@link SslContexts#reload} found it and threw an exception. Implemented by Sluice only, so later versions may add methods.
 */
public interface ContextReloadFailed {

    /**
     * The context's name.
     *
     * @return the value of its {@code @SslContext}
     */
    String context();

    /**
     * What is wrong.
     *
     * @return the messages, each with its remedy; unmodifiable
     */
    List<String> problems();

    /**
     * What stays in use.
     *
     * @return the context's description, which is made at the first call
     */
    ContextDescription active();
}
