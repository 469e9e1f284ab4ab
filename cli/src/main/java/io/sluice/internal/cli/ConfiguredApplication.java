package io.sluice.internal.cli;

import io.sluice.context.NamedSslContext;
import io.sluice.internal.config.SluiceConfiguration;
import io.sluice.internal.context.ContextRegistry;
import io.sluice.internal.context.ContextSource;
import io.sluice.internal.context.handshake.ContextCallbacks;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.SettingsReading;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.config.Config;

/**
 * The contexts and endpoints that a configuration has, read by the reader of the extension. There is no container, so beans of the
 * application that supply a context, its keys, its trust or its passwords are not known.
 */
final class ConfiguredApplication {

    private final SluiceConfiguration configuration;
    private final Problems problems = new Problems();
    private final SortedMap<String, String> endpoints = new TreeMap<>();
    private final SortedMap<String, SettingsReading> readings = new TreeMap<>();
    private final Set<String> managed = new TreeSet<>();
    private final ContextRegistry contexts;

    private ConfiguredApplication(SluiceConfiguration configuration) {
        this.configuration = configuration;
        readEndpoints();
        readContexts();
        this.contexts = new ContextRegistry(sources());
    }

    /** Reads everything, and loads no key and no certificate. */
    static ConfiguredApplication of(Config config) {
        return new ConfiguredApplication(SluiceConfiguration.of(config));
    }

    private void readEndpoints() {
        Set<String> names = configuration.configuredEndpoints();
        for (String name : names) {
            if (ContextName.isValid(name)) {
                configuration
                        .endpoint(name, problems)
                        .ifPresent(
                                settings -> endpoints.put(name, settings.ssl().orElse(name)));
            } else {
                problems.error(new Problem(
                        "sluice.endpoint." + name + ".…",
                        Optional.of("the configuration"),
                        "'" + name + "' cannot be the name of an endpoint",
                        ContextName.FORM));
            }
        }
        configuration.reportUnknownEndpointKeys(names, problems);
    }

    /** If only environment variables configure a context, the name of an endpoint finds it. */
    private void readContexts() {
        Set<String> names = new TreeSet<>(configuration.configuredNames());
        names.add(ContextName.DEFAULT.value());
        names.addAll(endpoints.values());
        names.removeIf(name -> !ContextName.isValid(name) || ContextName.NONE.is(name));
        for (String name : names) {
            SettingsReading reading = configuration.read(new ContextName(name));
            if (reading.isConfigured()) {
                readings.put(name, reading);
                reading.problems().warnings().forEach(problems::warn);
            } else {
                reading.rotation()
                        .reloadSetting()
                        .ifPresent(
                                period -> problems.warn(
                                        period,
                                        "nothing else of " + ContextName.quoted(name)
                                                + " is configured, so there are no files to watch",
                                        "Remove this property, unless a bean of the application supplies the keys or the trust"));
            }
            if (isManaged(reading)) {
                managed.add(name);
            }
        }
    }

    private static boolean isManaged(SettingsReading reading) {
        return !reading.problems().hasErrors()
                && reading.settings().flatMap(ContextSettings::managed).isPresent();
    }

    private Map<String, ContextSource> sources() {
        Map<String, ContextSource> sources = new TreeMap<>();
        sources.put(ContextName.DEFAULT.value(), ContextSource.jdkDefault());
        readings.forEach((name, reading) -> sources.put(
                name,
                configuration.source(new ContextName(name), reading, UnaryOperator.identity(), ContextCallbacks.NONE)));
        sources.keySet().removeAll(managed);
        return sources;
    }

    SluiceConfiguration configuration() {
        return configuration;
    }

    /** What was found wrong or doubtful while the configuration was read, except the errors of contexts. */
    Problems problems() {
        return problems;
    }

    /** The configured contexts that can be loaded here. */
    Set<String> contextNames() {
        Set<String> names = new TreeSet<>(readings.keySet());
        names.removeAll(managed);
        return names;
    }

    /** The contexts that an application server manages, so that they exist only in it. */
    Set<String> managedNames() {
        return Collections.unmodifiableSet(managed);
    }

    /** The enabled endpoints, with the name of the context that each uses. */
    SortedMap<String, String> endpoints() {
        return Collections.unmodifiableSortedMap(endpoints);
    }

    /** The contexts that can be loaded here, and the JDK's as {@code default} if none of that name is configured. */
    ContextRegistry contexts() {
        return contexts;
    }

    /** The context with a name. */
    NamedSslContext context(String name) throws CommandFailure {
        if (managed.contains(name)) {
            throw CommandFailure.unanswered(ContextName.quoted(name)
                    + " is managed by an application server, so it exists only there. Ask about another context");
        }
        try {
            return contexts.get(name);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }
}
