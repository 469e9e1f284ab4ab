package io.sluice.internal.engine;

import io.sluice.internal.engine.EngineProvider.Unavailable;
import io.sluice.internal.material.Material;
import io.sluice.internal.settings.EngineKind;
import io.sluice.internal.settings.EngineSettings;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Chooses what makes the engines of a context: a provider, or JSSE. */
public final class EngineChoice {

    private static final Logger LOG = System.getLogger(EngineChoice.class.getName());
    private static final String BORINGSSL = "boringssl";

    private EngineChoice() {}

    /**
     * Chooses for one context.
     *
     * @param material the settings, keys and trust of the context
     * @param keys the keys, with each of which a handshake is tried if every setting can be honoured
     * @param problems takes what stands against a provider that is required
     * @return the provider; empty for JSSE, and after reporting a problem
     */
    public static Optional<EngineProvider> of(EngineMaterial material, Material keys, Problems problems) {
        EngineSettings settings = material.settings().engine();
        if (settings.kind() == EngineKind.JDK) {
            return Optional.empty();
        }
        Optional<EngineProvider> provider = find();
        List<Problem> against = against(provider, material);
        if (against.isEmpty() && !problems.hasErrors()) {
            against = provider.map(known -> new EngineKeyChecks(known, material.settings()).check(keys, problems))
                    .orElse(List.of());
        }
        if (settings.kind() == EngineKind.AUTO) {
            return automatic(provider, against, material);
        }
        against.forEach(problems::error);
        return against.isEmpty() ? provider : Optional.empty();
    }

    private static List<Problem> against(Optional<EngineProvider> provider, EngineMaterial material) {
        if (provider.isEmpty()) {
            return List.of(problem(
                    material,
                    "the jar sluice-boringssl is not there",
                    "Add io.sluice:sluice-boringssl and the native library of your platform, or use engine=jdk"));
        }
        Optional<Unavailable> unavailable = provider.get().unavailable();
        return unavailable.isPresent()
                ? List.of(problem(
                        material,
                        "BoringSSL cannot be used: " + unavailable.get().fault(),
                        unavailable.get().remedy() + ", or use engine=jdk"))
                : provider.get().problems(material);
    }

    private static Problem problem(EngineMaterial material, String fault, String remedy) {
        return EngineKeyChecks.ofEngine(material.settings(), fault, remedy);
    }

    private static Optional<EngineProvider> automatic(
            Optional<EngineProvider> provider, List<Problem> against, EngineMaterial material) {
        String reasons = against.stream()
                .map(problem -> problem.property() + ": " + problem.fault())
                .collect(Collectors.joining("; "));
        Optional<String> named =
                material.settings().engine().provider().map(name -> name.property() + " names a JSSE provider");
        boolean used = against.isEmpty() && named.isEmpty();
        LOG.log(
                Level.INFO,
                material.settings().name()
                        + (used
                                ? " uses BoringSSL for the connections that Sluice makes, because it is there and honours"
                                        + " every setting"
                                : " uses engines of JSSE, because " + named.orElse(reasons)));
        return used ? provider : Optional.empty();
    }

    /** With the class loader of this class. In a server, an application and its libraries have one in common. */
    private static Optional<EngineProvider> find() {
        try {
            return ServiceLoader.load(EngineProvider.class, EngineProvider.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .filter(provider -> provider.name().equals(BORINGSSL))
                    .findFirst();
        } catch (ServiceConfigurationError e) {
            LOG.log(Level.WARNING, "an engine provider cannot be loaded: " + e.getMessage());
            return Optional.empty();
        }
    }
}
