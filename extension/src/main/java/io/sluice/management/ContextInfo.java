package io.sluice.management;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A named context at one moment: see {@link io.sluice.context.ContextDescription}. Immutable. Implemented by Sluice only. */
public interface ContextInfo {

    /** A key with its certificates. */
    interface KeyInfo {

        /**
         * The key's name.
         *
         * @return its alias, or the name of its pair
         */
        String getName();

        /**
         * The certificates.
         *
         * @return the key's own certificate, then the one that issued it, and so on
         */
        List<CertificateInfo> getChain();
    }

    /**
     * The context's name.
     *
     * @return the value of its {@code @SslContext}
     */
    String getName();

    /**
     * The generation.
     *
     * @return how many loads have succeeded; 0 if the context has not been loaded
     */
    long getGeneration();

    /**
     * When the material was loaded.
     *
     * @return the time (ISO-8601); null if the context has not been loaded
     */
    @Nullable
    String getLoadedAt();

    /**
     * When the sources are next examined for changes.
     *
     * @return the time (ISO-8601); null if they are not watched
     */
    @Nullable
    String getNextLook();

    /**
     * The keys.
     *
     * @return the keys, the preferred one first
     */
    List<KeyInfo> getKeys();

    /**
     * The trusted certificates that the context names.
     *
     * @return the certificates, without those of the JDK
     */
    List<CertificateInfo> getTrust();

    /**
     * The files and directories that the last load has read or looked for.
     *
     * @return absolute paths
     */
    List<String> getSources();

    /**
     * The problems of the last load.
     *
     * @return the messages; empty if it succeeded
     */
    List<String> getProblems();

    /**
     * The open streams of each generation.
     *
     * @return their number by generation
     */
    SortedMap<Long, Integer> getConnections();
}
