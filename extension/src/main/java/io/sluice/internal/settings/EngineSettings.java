package io.sluice.internal.settings;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What makes a context's engines, and what they negotiate in a key exchange.
 *
 * @param kind the kind of engine; the JDK's if none is configured
 * @param engine the configured kind
 * @param provider the name of the JSSE provider; empty for the JVM's first one
 * @param keyExchangeGroups the groups of the key exchange; empty for the engine's own
 * @param signatureSchemes the signature schemes; empty for the engine's own
 * @param warmUp how many additional handshakes in memory warm the context up before it is used
 */
public record EngineSettings(
        EngineKind kind,
        Optional<Setting> engine,
        Optional<Setting> provider,
        Optional<PreferenceList> keyExchangeGroups,
        Optional<PreferenceList> signatureSchemes,
        int warmUp) {

    /** Nothing configured. */
    public static final EngineSettings NONE = new EngineSettings(
            EngineKind.JDK, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0);

    /**
     * Reports what cannot be chosen for a context that somebody else makes: its engine, and the provider of its engine. What its engines
     * negotiate still applies.
     *
     * @param maker who makes the context, such as {@code the application}
     * @param problems receives the problems
     */
    public void refuse(String maker, Problems problems) {
        Stream.of(engine.filter(unused -> kind == EngineKind.BORINGSSL), provider)
                .flatMap(Optional::stream)
                .forEach(setting -> problems.error(
                        setting, maker + " makes this context, and with it its engines", "Remove this property"));
    }

    /**
     * Leaves the groups of the key exchange to the engine.
     *
     * @return the settings
     */
    EngineSettings withOwnGroups() {
        return new EngineSettings(kind, engine, provider, Optional.empty(), signatureSchemes, warmUp);
    }
}
