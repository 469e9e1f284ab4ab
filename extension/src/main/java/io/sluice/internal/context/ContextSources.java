package io.sluice.internal.context;

import io.sluice.context.ContextSnapshot;
import io.sluice.context.DefaultSpecifier;
import io.sluice.context.SslContextException;
import io.sluice.context.SslContextSpecifier;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.ParameterSettings;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** The sources of contexts: configuration, the JDK, the application. */
public final class ContextSources {

    private ContextSources() {}

    /**
     * A context whose keys and trust are configured.
     *
     * @param settings what is configured
     * @return the source, which reads the material anew at each load
     */
    public static ContextSource configured(ContextSettings settings) {
        return configured(settings, ContextCallbacks.NONE);
    }

    /**
     * A context whose keys and trust are configured, and which has callbacks; or one that the server manages, which has none.
     *
     * @param settings what is configured
     * @param callbacks the callbacks
     * @return the source, which reads the material, or asks the server, anew at each load
     */
    public static ContextSource configured(ContextSettings settings, ContextCallbacks callbacks) {
        return settings.managed()
                .<ContextSource>map(managed -> new ManagedContextSource(settings, managed))
                .orElseGet(() -> new ConfiguredContextSource(settings, callbacks));
    }

    /**
     * The JDK's default context, {@link SSLContext#getDefault()}. It is made at its first use: few applications use it, and
     * reading the JDK's trust takes longer than many a boot.
     *
     * @return the source
     */
    public static ContextSource jdkDefault() {
        return JdkDefault.SOURCE;
    }

    /**
     * A context that the application makes.
     *
     * @param name the context's name
     * @param context gives the application's context; called at the first use, once
     * @param parameters what is configured besides keys and trust, which applies all the same
     * @return the source, which cannot be reloaded
     */
    public static ContextSource application(String name, Supplier<SSLContext> context, ParameterSettings parameters) {
        return new ApplicationContextSource(name, context, parameters);
    }

    /**
     * A specifier that the application makes.
     *
     * @param name the context's name
     * @param specifier gives the application's specifier; called at the first use, once
     * @param parameters what is configured besides keys and trust, which applies all the same
     * @return the source, which cannot be reloaded
     */
    public static ContextSource applicationSpecifier(
            String name, Supplier<SslContextSpecifier> specifier, ParameterSettings parameters) {
        return new ApplicationContextSource(name, specifier, parameters);
    }

    private enum JdkDefault implements ContextSource {
        SOURCE;

        @Override
        public ContextSnapshot load() throws SslContextException {
            return DefaultSpecifier.DEFAULT.loaded();
        }

        @Override
        public boolean readyAtDeployment() {
            return false;
        }

        @Override
        public boolean needsBeans() {
            return false;
        }
    }
}
