package io.sluice.internal.engine;

import io.sluice.internal.settings.Problem;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes engines that no JSSE provider makes. An implementation is in a jar of its own and is found as a service. It can be loaded even if
 * the libraries that it needs are missing. Thread-safe.
 */
public interface EngineProvider {

    /**
     * The name by which the property {@code engine} selects it.
     *
     * @return the name, in lower case
     */
    String name();

    /**
     * Tests whether engines can be made in this JVM.
     *
     * @return what is missing, in words that complete "because", and what to do; empty if nothing is missing
     */
    Optional<Unavailable> unavailable();

    /**
     * Why engines cannot be made.
     *
     * @param fault what is missing
     * @param remedy what to do
     */
    record Unavailable(String fault, String remedy) {}

    /**
     * Finds the settings that the engines cannot honour. Called only if engines are available.
     *
     * @param material the settings, keys and trust of a context
     * @return a problem for each such setting
     */
    List<Problem> problems(EngineMaterial material);

    /**
     * The algorithms of the keys that a client can have.
     *
     * @return the names of the algorithms in JCA
     */
    Set<String> clientKeys();

    /**
     * Makes what the engines of one context have in common.
     *
     * @param material the settings, keys and trust of the context, without problems
     * @return the context, which belongs to the caller
     * @throws GeneralSecurityException if the native library refuses the material
     */
    EngineContext context(EngineMaterial material) throws GeneralSecurityException;
}
