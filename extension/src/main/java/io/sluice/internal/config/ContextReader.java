package io.sluice.internal.config;

import io.sluice.internal.settings.AllowSettings;
import io.sluice.internal.settings.ClientAuth;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.EngineSettings;
import io.sluice.internal.settings.KeyStoreSettings;
import io.sluice.internal.settings.ManagedSettings;
import io.sluice.internal.settings.ParameterSettings;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.ReportOnlyPolicy;
import io.sluice.internal.settings.RevocationSettings;
import io.sluice.internal.settings.RotationSettings;
import io.sluice.internal.settings.SessionSettings;
import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.SettingsReading;
import io.sluice.internal.settings.SniSettings;
import io.sluice.internal.settings.TrustStoreSettings;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Reads everything configured of one context. */
final class ContextReader {

    private final ContextName name;
    private final List<Setting> inherits;
    private final Problems problems;
    private final PropertyReader reader;
    private final ContextProperties properties;
    private RotationSettings rotation = RotationSettings.DEFAULT;

    ContextReader(Config config, ContextName name, Problems problems) {
        this(name, config, new PropertyReader(config, problems), problems);
    }

    private ContextReader(ContextName name, Config config, PropertyReader reader, Problems problems) {
        this(Ancestry.read(name, config, reader, problems), config, reader, problems);
    }

    private ContextReader(Ancestry ancestry, Config config, PropertyReader reader, Problems problems) {
        this.name = ancestry.contexts().get(0);
        this.inherits = ancestry.links();
        this.problems = problems;
        this.reader = reader;
        this.properties = new ContextProperties(reader, new Inheritance(ancestry, config), problems);
    }

    /** A reader that ignores the parents of the context. */
    static ContextReader alone(ContextName name, Config config, Problems problems) {
        return new ContextReader(Ancestry.alone(name), config, new PropertyReader(config, problems), problems);
    }

    SettingsReading read() {
        Optional<ContextSettings> settings = settings();
        return new SettingsReading(settings, problems, reader.materialValues(), rotation);
    }

    /** Reads only the policies. */
    List<ReportOnlyPolicy> policies() {
        return new PolicyReader(properties, problems).read();
    }

    private Optional<ContextSettings> settings() {
        properties.value(ManagedKeys.INHERITS);
        Optional<ManagedSettings> managed = new ManagedReader(properties, problems).read();
        return managed.isPresent() ? Optional.of(managed(managed)) : configured();
    }

    private ContextSettings managed(Optional<ManagedSettings> managed) {
        ParameterSettings parameters = parameters();
        EngineSettings engine = new EngineReader(properties, problems).read();
        engine.refuse("the server", problems);
        AllowSettings allow = new AllowReader(properties, problems).read(name, parameters.clientAuth());
        allow.refuse("the server", problems);
        new PolicyReader(properties, problems).read();
        RotationSettings rotation = rotation();
        rotation.reloadSetting()
                .ifPresent(period -> problems.error(
                        period,
                        "the server manages " + name + " ("
                                + managed.orElseThrow().reference().property() + "), so there are no files to watch",
                        managed.orElseThrow().kind() == ManagedSettings.Kind.JNDI
                                ? "Remove this property. Each SslContexts.reload looks the name up again"
                                : "Remove this property. Changes in the server are followed without it"));
        return new ContextSettings(
                name,
                managed,
                Optional.empty(),
                Optional.empty(),
                SniSettings.NONE,
                new TrustStoreSettings.Jdk(Optional.empty()),
                RevocationSettings.NONE,
                SessionSettings.NONE,
                parameters,
                engine,
                allow,
                rotation,
                inherits);
    }

    private Optional<ContextSettings> configured() {
        KeyStoreReader keys = new KeyStoreReader(StoreKey.KEYS, properties, problems);
        Optional<KeyStoreSettings> keyStore = keys.read();
        Optional<KeyStoreSettings> clientKeyStore =
                new KeyStoreReader(StoreKey.CLIENT_KEYS, properties, problems).readSeparate();
        SniSettings sni = new SniReader(properties, problems).read(keys.permitsKeys());
        TrustStoreSettings trustStore = new TrustStoreReader(properties, problems).read();
        RevocationSettings revocation = new RevocationReader(properties, problems).read(trustStore);
        SessionSettings sessions = new SessionReader(properties, problems).read();
        ParameterSettings parameters = parameters();
        EngineSettings engine = new EngineReader(properties, problems).read();
        AllowReader allowed = new AllowReader(properties, problems);
        AllowSettings allow = allowed.read(name, parameters.clientAuth());
        allowed.check(allow, trustStore);
        new PolicyReader(properties, problems).read(parameters.clientAuth());
        boolean found = properties.found();
        RotationSettings rotation = rotation();
        if (!found) {
            return Optional.empty();
        }
        return Optional.of(new ContextSettings(
                name,
                Optional.empty(),
                keyStore,
                clientKeyStore,
                sni,
                trustStore,
                revocation,
                sessions,
                parameters,
                engine,
                allow,
                rotation,
                inherits));
    }

    private RotationSettings rotation() {
        rotation = new RotationReader(properties, problems).read();
        return rotation;
    }

    private ParameterSettings parameters() {
        return new ParameterSettings(
                properties.value(ParameterKeys.PROTOCOLS),
                properties.value(ParameterKeys.CIPHER_SUITES),
                properties.constant(ParameterKeys.CLIENT_AUTH, ClientAuth.class),
                properties.value(ParameterKeys.ALPN),
                properties.oneOf(ParameterKeys.HOSTNAME_VERIFICATION),
                properties.duration(ParameterKeys.HANDSHAKE_TIMEOUT),
                properties.duration(ParameterKeys.CLOSE_TIMEOUT));
    }
}
