package io.sluice.context;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a named context consists of at one moment: see {@link SslContexts#describe}. Contains no secret. Immutable. Implemented by Sluice
 * only, so later versions may add methods.
 *
 * <p>Keys and trust are described if Sluice reads them. What the JDK, a server or the application manages is not known.
 */
public interface ContextDescription {

    /** A key with its certificates. Immutable. Implemented by Sluice only, so later versions may add methods. */
    interface Key {

        /**
         * The key's name in the context.
         *
         * @return its alias, or the name of its pair
         */
        String name();

        /**
         * The certificates.
         *
         * @return the key's own certificate, then the one that issued it, and so on; unmodifiable
         */
        List<CertificateDescription> chain();
    }

    /**
     * The context's name.
     *
     * @return the value of its {@code @SslContext}
     */
    String name();

    /**
     * The generation: how many loads have succeeded.
     *
     * @return 1 after the first load; 0 if the context has not been loaded
     */
    long generation();

    /**
     * When the material was loaded.
     *
     * @return the time; empty if the context has not been loaded
     */
    Optional<Instant> loadedAt();

    /**
     * When the sources of the material are next examined for changes.
     *
     * @return the time; empty if they are not watched
     */
    Optional<Instant> nextLook();

    /**
     * The keys.
     *
     * @return the keys, the preferred one first; unmodifiable; empty if there are none or they are not known
     */
    List<Key> keys();

    /**
     * The trusted certificates that the context names. Those of the JDK are omitted.
     *
     * @return the certificates; unmodifiable; empty if there are none or they are not known
     */
    List<CertificateDescription> trustAnchors();

    /**
     * The files and directories that the last load has read or looked for, also if they do not exist, or the load failed. They are
     * those that are watched. A relative path of a password file that does not exist is omitted, because it may be the password.
     *
     * @return absolute paths; unmodifiable
     */
    List<String> sources();

    /**
     * The problems of the last load if it failed. The material of the load before it is then in use.
     *
     * @return the messages; unmodifiable; empty if the last load succeeded
     */
    List<String> problems();

    /**
     * The open streams of each generation. Connections that applications open with the factories or engines of the context are not
     * counted.
     *
     * @return the number of streams by generation; unmodifiable; generations without streams are omitted
     */
    SortedMap<Long, Integer> connections();
}
