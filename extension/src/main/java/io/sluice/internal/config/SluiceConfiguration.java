package io.sluice.internal.config;

import io.sluice.internal.context.handshake.ContextCallbacks;
import io.sluice.internal.context.source.ConfiguredContextSource;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.JournalSettings;
import io.sluice.internal.settings.ManagementSettings;
import io.sluice.internal.settings.NearNames;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.ReportOnlyPolicy;
import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.SettingsReading;
import io.sluice.server.SocketEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;

/** The configuration of the library, read through MicroProfile Config. */
public final class SluiceConfiguration {

    private final Config config;

    private SluiceConfiguration(Config config) {
        this.config = config;
    }

    /**
     * The configuration that a given Config holds.
     *
     * @param config the Config that holds the properties
     * @return the configuration
     */
    public static SluiceConfiguration of(Config config) {
        return new SluiceConfiguration(config);
    }

    /**
     * The configuration of the calling application.
     *
     * @return the configuration
     * @throws IllegalStateException if there is no MicroProfile Config, or no implementation of it, or one of its sources cannot
     *     be set up
     */
    public static SluiceConfiguration current() {
        try {
            ConfigProviderResolver.instance();
        } catch (NoClassDefFoundError | IllegalStateException e) {
            throw new IllegalStateException(
                    "Sluice requires MicroProfile Config, which is missing here. Add the dependencies"
                            + " org.eclipse.microprofile.config:microprofile-config-api and"
                            + " io.smallrye.config:smallrye-config to the application, or run it in a server that provides it",
                    e);
        }
        try {
            return of(ConfigProvider.getConfig());
        } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
            throw new IllegalStateException(
                    "MicroProfile Config cannot be set up here (" + e + "). Repair its sources and converters", e);
        }
    }

    /**
     * The configured contexts: those with a property that the sources list, and those that {@code sluice.contexts} lists. If only
     * environment variables configure a context, {@link #read} finds it by its name.
     *
     * @return the names, in alphabetical order; invalid names are omitted
     */
    public Set<String> configuredNames() {
        Set<String> names = new TreeSet<>();
        PropertyReader reader = new PropertyReader(config, new Problems());
        reader.names().forEachKey(ContextSettings.PREFIX, listed -> {
            if (ContextKeys.KEYS.isKnown(listed.key()) || !listed.isFromEnvironment()) {
                names.add(listed.name());
            }
        });
        reader.list(ContextKeys.LIST).ifPresent(list -> names.addAll(list.list()));
        names.removeIf(name -> !ContextName.isValid(name) || ContextName.NONE.is(name));
        return names;
    }

    /**
     * Reads what is configured of a context. Every key is looked up by its name, so its value may come from the environment.
     *
     * @param name the context's name
     * @return the settings as they are now, with every problem found
     */
    public SettingsReading read(ContextName name) {
        return read(name, new Problems());
    }

    SettingsReading read(ContextName name, Problems problems) {
        return new ContextReader(config, name, problems).read();
    }

    /**
     * Reads how much the journal of failures keeps.
     *
     * @param problems receives every value that cannot be read
     * @return the settings
     */
    public JournalSettings journal(Problems problems) {
        return new JournalReader(new PropertyReader(config, problems)).read();
    }

    /**
     * Reads how the application's report is registered.
     *
     * @param problems receives every value that cannot be read
     * @return the settings
     */
    public ManagementSettings management(Problems problems) {
        return new ManagementReader(new PropertyReader(config, problems)).read();
    }

    /**
     * Reads the policies of a context that are only reported. {@link #read} reports the words that are none.
     *
     * @param name the context's name
     * @return the policies, in their order
     */
    public List<ReportOnlyPolicy> policies(ContextName name) {
        return new ContextReader(config, name, new Problems()).policies();
    }

    /**
     * A source that starts with the settings that were read, and reads them again at each reload.
     *
     * @param name the context's name
     * @param first what was read
     * @param check adds to each later reading what only the caller can see
     * @param callbacks the context's callbacks
     * @return the source
     */
    public ConfiguredContextSource source(
            ContextName name, SettingsReading first, UnaryOperator<SettingsReading> check, ContextCallbacks callbacks) {
        return new ConfiguredContextSource(name, first, () -> check.apply(read(name)), callbacks);
    }

    /**
     * Checks the names of all properties that the sources list below {@code sluice.}, except those of endpoints,
     * and except names that a source derives from environment variables, because these are ambiguous.
     *
     * @param problems receives the names that nothing reads
     */
    public void reportUnknownKeys(Problems problems) {
        PropertyReader reader = new PropertyReader(config, problems);
        reader.list(ContextKeys.LIST)
                .ifPresent(list -> list.list().stream()
                        .filter(name -> !ContextName.isValid(name))
                        .forEach(name -> problems.error(list, ContextName.invalid(name), ContextName.FORM)));
        new UnknownProperties(reader, problems).check(OptionalPrefixes.ofApplication(problems));
    }

    /**
     * Checks that each context in {@code sluice.contexts} exists.
     *
     * @param existing the names of the contexts that exist, configured or the application's own
     * @param problems receives the names that nothing configures
     */
    public void reportUnconfiguredContexts(Set<String> existing, Problems problems) {
        new PropertyReader(config, problems)
                .list(ContextKeys.LIST)
                .ifPresent(list -> list.list().stream()
                        .filter(name -> ContextName.isValid(name) && !existing.contains(name))
                        .forEach(name -> reportUnconfigured(name, list, existing, problems)));
    }

    private static void reportUnconfigured(String name, Setting list, Set<String> existing, Problems problems) {
        if (ContextName.NONE.is(name)) {
            problems.error(list, ContextKeys.NONE_FAULT, "Remove it from the list");
        } else {
            problems.error(
                    list,
                    "nothing configures " + ContextName.quoted(name) + NearNames.suggest(name, existing),
                    "Set " + new ContextName(name).property("…") + ", or correct the name, or remove it from the list");
        }
    }

    /**
     * Finds out what is set for the messages of an endpoint.
     *
     * @param declared the endpoint's annotation
     * @return the names of properties, and the annotation's attribute
     */
    public List<String> messageSettings(SocketEndpoint declared) {
        return new EndpointReader(config, declared, new Problems()).messageSettings();
    }

    /**
     * The settings of an endpoint, which override its annotation. Every key is looked up by its name, so its value may come from the
     * environment.
     *
     * @param declared the annotation
     * @param problems receives every value that cannot be read or is missing
     * @return the settings; empty if the endpoint is not enabled, or if it has no usable port or address
     */
    public Optional<EndpointSettings> endpoint(SocketEndpoint declared, Problems problems) {
        return new EndpointReader(config, declared, problems).read();
    }

    /**
     * The endpoints that have a property which the sources list. Whether the application declares them is not known here.
     *
     * @return the names, in alphabetical order; invalid names are included
     */
    public Set<String> configuredEndpoints() {
        Set<String> names = new TreeSet<>();
        new PropertyReader(config, new Problems()).names().forEachKey(EndpointKeys.KEYS.prefix(), listed -> {
            if (EndpointKeys.KEYS.isKnown(listed.key()) || !listed.isFromEnvironment()) {
                names.add(listed.name());
            }
        });
        names.remove("");
        return names;
    }

    /**
     * The settings of an endpoint whose declaration is not known. The port that is not configured is 0, because the annotation may have one.
     *
     * @param name the endpoint's name
     * @param problems receives every value that cannot be read
     * @return the settings; empty if the endpoint is not enabled, or if its address cannot be used
     */
    public Optional<EndpointSettings> endpoint(String name, Problems problems) {
        return endpoint(new UndeclaredEndpoint(name), problems);
    }

    /**
     * Reads a length of time in the forms that properties have: ISO-8601 ({@code PT10S}), or a number with its unit ({@code 10s}, {@code
     * 30d}).
     *
     * @param text the text
     * @return the length; empty if the text has another form, or is negative
     */
    public static Optional<Duration> duration(String text) {
        return PropertyReader.parseDuration(text);
    }

    /**
     * Checks the names of all properties that the sources list under the prefix of endpoints, as {@link #reportUnknownKeys} does for
     * contexts.
     *
     * @param endpoints the names of all endpoints, enabled or not
     * @param problems receives every unknown key and every unknown endpoint
     */
    public void reportUnknownEndpointKeys(Set<String> endpoints, Problems problems) {
        new UnknownProperties(new PropertyReader(config, problems), problems).checkEndpoints(endpoints);
    }

    /**
     * Reads the settings of a client. Every key is looked up by its name, so its value may come from the environment. Only the jar
     * sluice-client asks.
     *
     * @param name the client's name
     * @param problems receives every value that cannot be read or is missing
     * @return the settings; empty if the client has no usable address
     */
    public Optional<ClientSettings> client(String name, Problems problems) {
        return new ClientReader(config, name, problems).read();
    }

    /**
     * Checks the names of all properties that the sources list under the prefix of clients, as {@link #reportUnknownKeys} does for
     * contexts. Only the jar sluice-client asks.
     *
     * @param clients the names of all clients
     * @param problems receives every unknown key and every unknown client
     */
    public void reportUnknownClientKeys(Set<String> clients, Problems problems) {
        new UnknownProperties(new PropertyReader(config, problems), problems).checkClients(clients);
    }

    /**
     * Whether an application is not ready if its keys or trust have expired or cannot be used. Only the jar sluice-health asks.
     *
     * @param problems receives a value that cannot be read, and every unknown name under the prefix of that jar
     * @return true if it is not ready then
     */
    public boolean isUnreadyWhenExpired(Problems problems) {
        PropertyReader reader = new PropertyReader(config, problems);
        new UnknownProperties(reader, problems).checkHealth();
        return reader.oneOf(HealthKeys.EXPIRED.name(), HealthKeys.EXPIRED)
                .filter(setting -> setting.value().equals(HealthKeys.DOWN))
                .isPresent();
    }
}
