package io.sluice.internal.context;

import io.sluice.context.SslContextException;
import io.sluice.internal.config.ConfiguredContexts;
import io.sluice.internal.config.SluiceConfiguration;
import io.sluice.internal.config.TestConfig;
import io.sluice.internal.context.source.ApplicationContextSource;
import io.sluice.internal.settings.AllowSettings;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.EngineSettings;
import io.sluice.internal.settings.ParameterSettings;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** Named contexts from properties. */
public final class NamedContexts {
    private NamedContexts() {}

    /** Creates the context {@code web} from keys without their prefix and values in turn. */
    public static ReloadableContext web(String... keysAndValues) {
        return new ReloadableContext(new ContextName("web"), source(properties(keysAndValues)));
    }

    /** The doubts about the context {@code web}, those of its settings included. */
    static List<Problem> warnings(String... keysAndValues) throws SslContextException {
        Problems problems = new Problems();
        SluiceConfiguration configuration = SluiceConfiguration.of(TestConfig.of(properties(keysAndValues)));
        ConfiguredContexts.settings(configuration, "web", problems);
        List<Problem> warnings = new ArrayList<>(problems.warnings());
        warnings.addAll(web(keysAndValues).load().warnings());
        return warnings;
    }

    static Map<String, String> properties(String... keysAndValues) {
        Map<String, String> properties = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put("sluice.ssl.web." + keysAndValues[i], keysAndValues[i + 1]);
        }
        return properties;
    }

    /** A source that reads the properties anew at each load. */
    static ContextSource source(Map<String, String> properties) {
        return ConfiguredContexts.source(SluiceConfiguration.of(TestConfig.of(properties)), "web");
    }

    /** The context {@code web} of properties with their full names, which are read anew at each load. */
    static ReloadableContext live(Map<String, String> properties) {
        SluiceConfiguration configuration = SluiceConfiguration.of(TestConfig.live(properties));
        return new ReloadableContext(new ContextName("web"), ConfiguredContexts.source(configuration, "web"));
    }

    /** The application's context {@code web}. */
    public static ContextSource application(Making making) {
        return new ApplicationContextSource(
                new ContextName("web"),
                () -> {
                    try {
                        return making.make();
                    } catch (GeneralSecurityException e) {
                        throw new IllegalStateException(e);
                    }
                },
                ParameterSettings.NONE,
                EngineSettings.NONE,
                AllowSettings.NONE);
    }

    public interface Making {
        SSLContext make() throws GeneralSecurityException;
    }
}
