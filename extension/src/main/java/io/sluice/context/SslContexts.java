package io.sluice.context;

import java.util.Set;

/** The named contexts of an application, for names known only at run time. Thread-safe. */
public interface SslContexts {

    /**
     * The names of all contexts.
     *
     * @return the names, in alphabetical order
     */
    Set<String> names();

    /**
     * The context with a name.
     *
     * @param name a context's name
     * @return the context, the same for each call
     * @throws IllegalArgumentException if there is no context of that name; the message suggests similar names
     */
    NamedSslContext get(String name);

    /**
     * Reads a context's settings and material again now. Changed files are followed without this call. Everything that is injected with
     * that name uses the new material from now on, as a new generation. Open connections keep the old material. Concurrent calls share one
     * reload.
     *
     * @param name a context's name
     * @throws IllegalArgumentException if there is no context of that name
     * @throws SslContextException if the new material cannot be used, or the context is the application's own and was loaded already;
     *     the context keeps the old
     */
    void reload(String name) throws SslContextException;

    /**
     * Describes a context as it is now: its keys and trust with their validity, its sources, its generation, and the open streams of
     * each generation. Nothing is loaded for this.
     *
     * @param name a context's name
     * @return the description
     * @throws IllegalArgumentException if there is no context of that name
     */
    ContextDescription describe(String name);
}
