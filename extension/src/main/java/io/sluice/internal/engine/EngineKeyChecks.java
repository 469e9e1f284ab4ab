package io.sluice.internal.engine;

import io.sluice.internal.material.KeyTrial;
import io.sluice.internal.material.Material;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks whether the keys of a context can be used by the engines of a provider.
 *
 * @param provider makes the engines
 * @param settings the settings of the context
 */
public record EngineKeyChecks(EngineProvider provider, ContextSettings settings) {

    private static final String RSA_KEY_EXCHANGE = "TLS_RSA_";

    /**
     * Checks keys.
     *
     * @param keys the keys, with each of which a handshake is tried
     * @param problems takes warnings
     * @return a problem for everything that cannot work
     */
    public List<Problem> check(Material keys, Problems problems) {
        List<Problem> found = new ArrayList<>();
        tryServer(keys, found, problems);
        settings.parameters().cipherSuites().ifPresent(suites -> checkToken(keys, suites, found));
        checkClient(keys, found, problems);
        return found;
    }

    private void tryServer(Material keys, List<Problem> found, Problems problems) {
        KeyTrial.Outcome outcome = keys.tryKeys(HandshakeTrial.of(provider, settings));
        if (outcome.failures().isEmpty()) {
            return;
        }
        String failures = " (" + String.join("; ", outcome.failures()) + ")";
        if (outcome.anyWorks()) {
            problems.warn(ofEngine(
                    settings,
                    "a key can never be used by a server with " + provider.name() + failures,
                    "Remove the key, or use engine=jdk"));
        } else {
            found.add(ofEngine(
                    settings,
                    "no handshake can be completed with its keys and " + provider.name() + failures,
                    "Use RSA or EC keys, or engine=jdk"));
        }
    }

    /** Such a key signs through the JDK, which does not decrypt for an engine. */
    private void checkToken(Material keys, Setting suites, List<Problem> found) {
        List<String> decrypting = suites.list().stream()
                .filter(name -> name.startsWith(RSA_KEY_EXCHANGE))
                .toList();
        if (keys.holdsToken() && !decrypting.isEmpty()) {
            found.add(Problem.of(
                    suites,
                    provider.name() + " cannot use " + String.join(", ", decrypting)
                            + " with a key that cannot be exported, such as one of a token",
                    "Remove these cipher suites, or use engine=jdk"));
        }
    }

    private void checkClient(Material keys, List<Problem> found, Problems problems) {
        Set<String> all = keys.onlyClients();
        Set<String> unusable = new TreeSet<>(all);
        unusable.removeAll(provider.clientKeys());
        if (unusable.isEmpty()) {
            return;
        }
        Problem problem = ofEngine(
                settings,
                "a client with " + provider.name() + " cannot use keys of the type " + String.join(", ", unusable)
                        + ", which client-key-store has",
                "Use keys of the types " + String.join(", ", new TreeSet<>(provider.clientKeys()))
                        + ", or use engine=jdk");
        if (unusable.size() == all.size()) {
            found.add(problem);
        } else {
            problems.warn(problem);
        }
    }

    static Problem ofEngine(ContextSettings settings, String fault, String remedy) {
        return settings.engine()
                .engine()
                .map(engine -> Problem.of(engine, fault, remedy))
                .orElseGet(() -> Problem.unset(settings.property("engine"), fault, remedy));
    }
}
