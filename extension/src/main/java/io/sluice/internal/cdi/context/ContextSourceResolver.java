package io.sluice.internal.cdi.context;

import io.sluice.context.SslContextSpecifier;
import io.sluice.internal.cdi.container.SuppliedBeans;
import io.sluice.internal.config.SluiceConfiguration;
import io.sluice.internal.context.ContextSource;
import io.sluice.internal.context.ContextSources;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.ParameterSettings;
import io.sluice.internal.settings.Problems;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** Decides for each name where its context comes from: the application, the configuration, the JDK; or nowhere. */
public final class ContextSourceResolver {

    private static final Logger LOG = System.getLogger(ContextSourceResolver.class.getName());
    private static final String DEFAULT = "default";

    private final SluiceConfiguration configuration;
    private final List<ContextPoint> points;
    private final SuppliedBeans supplied;
    private final Set<String> ofEndpoints;
    private final ApplicationContexts applicationBeans;
    private final CallbackBeans callbackBeans;
    private final Problems problems;
    private final Map<String, DeferredContextSource> sources = new TreeMap<>();

    public ContextSourceResolver(
            SluiceConfiguration configuration,
            List<ContextPoint> points,
            SuppliedBeans supplied,
            Set<String> ofEndpoints,
            ApplicationContexts applicationBeans,
            CallbackBeans callbackBeans,
            Problems problems) {
        this.configuration = configuration;
        this.points = points;
        this.supplied = supplied;
        this.ofEndpoints = ofEndpoints;
        this.applicationBeans = applicationBeans;
        this.callbackBeans = callbackBeans;
        this.problems = problems;
    }

    /** By name, also of names that only a bean of another extension may yet supply. */
    public Map<String, DeferredContextSource> byName() {
        Set<String> names = new TreeSet<>(configuration.configuredNames());
        names.add(DEFAULT);
        names.addAll(supplied.contexts());
        points.stream().map(ContextPoint::name).forEach(names::add);
        names.addAll(ofEndpoints);
        names.remove(ContextPoints.NONE);
        names.forEach(name -> source(name).ifPresent(source -> sources.put(name, source)));
        return Collections.unmodifiableMap(sources);
    }

    /** The names of the contexts there are, now that all beans are known. */
    public Set<String> existing() {
        return sources.entrySet().stream()
                .filter(entry -> entry.getValue().exists())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Reports the names in the list of contexts that are of none of them, now that all beans are known. */
    public void reportUnconfigured() {
        configuration.reportUnconfiguredContexts(existing(), problems);
    }

    private boolean isRequired(String name) {
        return SluiceConfiguration.isName(name)
                && (ofEndpoints.contains(name)
                        || points.stream()
                                .anyMatch(point ->
                                        point.required() && point.name().equals(name)));
    }

    /** What is wrong with a configured context is told when it is loaded; with one of the application's, here. */
    private Optional<DeferredContextSource> source(String name) {
        Problems found = new Problems();
        Optional<ContextSettings> settings = configuration.settings(name, found);
        ParameterSettings parameters = settings.map(ContextSettings::parameters).orElse(ParameterSettings.NONE);
        Optional<ContextSource> otherwise;
        boolean own = application(name, parameters).isPresent();
        if (own) {
            callbackBeans.refuse(name, "it is the application's own, whose keys and trust are its own too");
            problems.addAll(found);
            settings.filter(ContextSettings::hasMaterial).ifPresent(unused -> tellUnused(name));
            otherwise = Optional.empty();
        } else {
            found.warnings().forEach(problems::warn);
            otherwise = configured(name, settings, found);
        }
        return own || otherwise.isPresent() || isRequired(name)
                ? Optional.of(new DeferredContextSource(name, () -> application(name, parameters), otherwise))
                : Optional.empty();
    }

    private static void tellUnused(String name) {
        LOG.log(
                Level.INFO,
                "context '" + name
                        + "' is the application's own: the key and trust stores configured for it are not used");
    }

    private Optional<ContextSource> configured(String name, Optional<ContextSettings> settings, Problems found) {
        if (found.hasErrors()) {
            return Optional.of(configuration.source(name, callbackBeans.of(name)));
        }
        settings.flatMap(ContextSettings::managed)
                .ifPresent(managed -> callbackBeans.refuse(
                        name,
                        "the server manages it (" + managed.reference().property() + "), its keys and trust included"));
        if (settings.isPresent()) {
            return settings.map(given -> configuration.source(given, callbackBeans.of(name)));
        }
        callbackBeans.refuse(name, "no context of that name is configured: set sluice.ssl." + name + ".…");
        return name.equals(DEFAULT) ? Optional.of(ContextSources.jdkDefault()) : Optional.empty();
    }

    /** A specifier says more than a context, so it goes before one. */
    private Optional<ContextSource> application(String name, ParameterSettings parameters) {
        if (supplied.hasContext(name, SslContextSpecifier.class)) {
            return Optional.of(ContextSources.applicationSpecifier(
                    name, applicationBeans.reference(SslContextSpecifier.class, name), parameters));
        }
        return supplied.hasContext(name, SSLContext.class)
                ? Optional.of(ContextSources.application(
                        name, applicationBeans.reference(SSLContext.class, name), parameters))
                : Optional.empty();
    }
}
