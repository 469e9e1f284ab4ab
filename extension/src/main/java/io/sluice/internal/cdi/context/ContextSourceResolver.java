package io.sluice.internal.cdi.context;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.context.ContextSnapshot;
import io.sluice.context.SslContextException;
import io.sluice.context.SslContextSpecifier;
import io.sluice.internal.cdi.container.SuppliedBeans;
import io.sluice.internal.config.SluiceConfiguration;
import io.sluice.internal.context.ContextSource;
import io.sluice.internal.context.LoadAttempt;
import io.sluice.internal.context.source.ApplicationContextSource;
import io.sluice.internal.settings.AllowSettings;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.EngineSettings;
import io.sluice.internal.settings.ParameterSettings;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.SettingsReading;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** Decides for each name whether its context comes from the application, the configuration or the JDK, or does not exist. */
public final class ContextSourceResolver {

    private static final Logger LOG = System.getLogger(ContextSourceResolver.class.getName());

    private final SluiceConfiguration configuration;
    private final List<ContextPoint> points;
    private final SuppliedBeans supplied;
    private final Set<String> ofEndpoints;
    private final ApplicationContexts applicationBeans;
    private final CallbackBeans callbackBeans;
    private final Problems problems;
    private final Map<String, NamedSource> sources = new TreeMap<>();
    private final InheritedBeans inheritedBeans;
    private final List<SettingsReading> readings = new ArrayList<>();

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
        this.inheritedBeans = new InheritedBeans(supplied);
        this.ofEndpoints = ofEndpoints;
        this.applicationBeans = applicationBeans;
        this.callbackBeans = callbackBeans;
        this.problems = problems;
    }

    /** The sources by name, including names that a bean of another extension may still supply. */
    public Map<String, ContextSource> byName() {
        Set<String> names = new TreeSet<>(configuration.configuredNames());
        names.add(ContextName.DEFAULT.value());
        names.addAll(supplied.contexts());
        points.stream().map(ContextPoint::name).forEach(names::add);
        names.addAll(ofEndpoints);
        names.removeIf(name -> !ContextName.isValid(name) || ContextName.NONE.is(name));
        names.forEach(name -> source(name).ifPresent(source -> sources.put(name, source)));
        return Collections.unmodifiableMap(sources);
    }

    /** The names of the contexts that exist, once all beans are known. */
    public Set<String> existing() {
        return sources.entrySet().stream()
                .filter(entry -> entry.getValue().exists())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Reports the names that no context has, or none that is configured, once all beans are known. */
    public void reportUnconfigured() {
        readings.stream()
                .flatMap(reading -> reading.settings().stream())
                .flatMap(settings -> settings.inherits().stream())
                .filter(link -> isOfApplication(link.value().strip()))
                .forEach(link -> problems.error(
                        link,
                        ContextName.quoted(link.value().strip())
                                + " is the application's own, so its keys and trust cannot be inherited",
                        "Name a context that is only configured, or remove this property"));
        readings.stream()
                .filter(reading -> !reading.problems().hasErrors())
                .flatMap(reading -> reading.settings().stream())
                .filter(settings -> !isOfApplication(settings.name().value()))
                .forEach(settings -> inheritedBeans.check(settings, problems));
        configuration.reportUnconfiguredContexts(existing(), problems);
    }

    private boolean isRequired(String name) {
        return ofEndpoints.contains(name)
                || points.stream()
                        .anyMatch(point -> point.required() && point.name().equals(name));
    }

    /** The problems of a configured context are reported when it is loaded. Those of an application's own context are reported here. */
    private Optional<NamedSource> source(String word) {
        ContextName name = new ContextName(word);
        SettingsReading reading = configuration.read(name);
        readings.add(reading);
        ParameterSettings parameters =
                reading.settings().map(ContextSettings::parameters).orElse(ParameterSettings.NONE);
        EngineSettings engine = reading.settings().map(ContextSettings::engine).orElse(EngineSettings.NONE);
        AllowSettings allow = reading.settings().map(ContextSettings::allow).orElse(AllowSettings.NONE);
        Optional<ContextSource> configured = Optional.empty();
        boolean own = application(name, parameters, engine, allow).isPresent();
        if (own) {
            callbackBeans.refuse(word, "it is the application's own, and so are its keys and trust");
            problems.addAll(reading.problems());
            allow.refuse("the application", problems);
            engine.refuse("the application", problems);
            reading.settings().filter(ContextSettings::hasMaterial).ifPresent(unused -> logUnused(name));
            refusePeriod(
                    reading,
                    name + " is the application's own, so there are no files to watch",
                    "Remove this property");
        } else {
            reading.problems().warnings().forEach(problems::warn);
            configured = configured(name, reading);
        }
        return own || configured.isPresent() || isRequired(word)
                ? Optional.of(new NamedSource(name, parameters, engine, allow, configured))
                : Optional.empty();
    }

    private static void logUnused(ContextName name) {
        LOG.log(
                Level.INFO,
                name + " is the application's own, so the keys, trust and sessions configured for it are not used");
    }

    private Optional<ContextSource> configured(ContextName name, SettingsReading reading) {
        if (!reading.isConfigured() && !callbackBeans.supplyMaterial(name.value())) {
            callbackBeans.refuse(name.value(), "no context of that name is configured. Set " + name.property("…"));
            refusePeriod(
                    reading,
                    "nothing else of " + name + " is configured, so there are no files to watch",
                    "Remove this property, or configure the keys or the trust of the context");
            return name.equals(ContextName.DEFAULT) ? Optional.of(ContextSource.jdkDefault()) : Optional.empty();
        }
        reading.settings()
                .filter(settings -> !reading.problems().hasErrors())
                .flatMap(ContextSettings::managed)
                .ifPresent(managed -> callbackBeans.refuse(
                        name.value(),
                        "the server manages it (" + managed.reference().property()
                                + "), including its keys and trust"));
        reading.settings().ifPresent(callbackBeans::refuseStores);
        return Optional.of(
                configuration.source(name, reading, inheritedBeans::checked, callbackBeans.of(name.value())));
    }

    private void refusePeriod(SettingsReading reading, String fault, String remedy) {
        reading.rotation().reloadSetting().ifPresent(period -> problems.error(period, fault, remedy));
    }

    private boolean isOfApplication(String name) {
        return supplied.hasContext(name, SslContextSpecifier.class) || supplied.hasContext(name, SSLContext.class);
    }

    /** A specifier holds more than an SSLContext, so it takes precedence. */
    private Optional<ContextSource> application(
            ContextName name, ParameterSettings parameters, EngineSettings engine, AllowSettings allow) {
        return Stream.of(SslContextSpecifier.class, SSLContext.class)
                .filter(type -> supplied.hasContext(name.value(), type))
                .findFirst()
                .map(type -> new ApplicationContextSource(
                        name, applicationBeans.reference(type, name.value()), parameters, engine, allow));
    }

    /**
     * The source of one name, chosen at its first use. Beans that other extensions add are known only after discovery, but the beans
     * of each context must be registered before.
     */
    private final class NamedSource implements ContextSource {

        private final ContextName name;
        private final ParameterSettings parameters;
        private final EngineSettings engine;
        private final AllowSettings allow;
        private final Optional<ContextSource> configured;

        @GuardedBy("this")
        private Optional<ContextSource> chosen = Optional.empty();

        NamedSource(
                ContextName name,
                ParameterSettings parameters,
                EngineSettings engine,
                AllowSettings allow,
                Optional<ContextSource> configured) {
            this.name = name;
            this.parameters = parameters;
            this.engine = engine;
            this.allow = allow;
            this.configured = configured;
        }

        boolean exists() {
            return chosen().isPresent();
        }

        private synchronized Optional<ContextSource> chosen() {
            if (chosen.isEmpty()) {
                chosen = application(name, parameters, engine, allow).or(() -> configured);
            }
            return chosen;
        }

        @Override
        public boolean readyAtDeployment() {
            return chosen().map(ContextSource::readyAtDeployment).orElse(false);
        }

        @Override
        public boolean needsBeans() {
            return chosen().map(ContextSource::needsBeans).orElse(true);
        }

        @Override
        public boolean isFollowed() {
            return chosen().map(ContextSource::isFollowed).orElse(false);
        }

        @Override
        public boolean loadsOnAnyThread() {
            return chosen().map(ContextSource::loadsOnAnyThread).orElse(true);
        }

        @Override
        public ContextSnapshot load(LoadAttempt attempt) throws SslContextException {
            return chosen().orElseThrow(() -> new SslContextException("there is no " + name))
                    .load(attempt);
        }
    }
}
