package io.sluice.internal.config;

import io.sluice.internal.context.ReloadableContext;
import io.sluice.internal.settings.ContextName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The context {@code web}, whose configuration may change while it is used. */
public final class LiveContext {

    private final Map<String, String> properties = new ConcurrentHashMap<>();
    private final ReloadableContext context;

    /** A context of keys and values, without the prefix of the context. */
    public LiveContext(String... keysAndValues) {
        for (int i = 0; i < keysAndValues.length; i += 2) {
            set(keysAndValues[i], keysAndValues[i + 1]);
        }
        context = new ReloadableContext(
                new ContextName("web"),
                ConfiguredContexts.source(SluiceConfiguration.of(TestConfig.live(properties)), "web"));
    }

    public void set(String key, String value) {
        properties.put("sluice.ssl.web." + key, value);
    }

    public ReloadableContext context() {
        return context;
    }
}
