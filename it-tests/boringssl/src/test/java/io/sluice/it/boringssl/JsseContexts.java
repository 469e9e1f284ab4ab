package io.sluice.it.boringssl;

import io.sluice.context.NamedSslContext;
import io.sluice.context.SslContexts;
import io.sluice.internal.cdi.container.SluiceRuntime;
import io.sluice.internal.context.Generation;
import io.sluice.internal.context.ReloadableContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import java.util.Set;
import java.util.TreeSet;

/**
 * Notes, when an application ends, which of its contexts were loaded and have no engines of BoringSSL: whatever the reason, their connections
 * have used JSSE.
 */
public final class JsseContexts implements Extension {

    private static final Set<String> FOUND = new TreeSet<>();

    /** Used by the service loader. */
    public JsseContexts() {}

    /** Returns the names of the contexts since the last call. */
    static Set<String> take() {
        synchronized (FOUND) {
            Set<String> found = new TreeSet<>(FOUND);
            FOUND.clear();
            return found;
        }
    }

    void note(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event, BeanManager beans) {
        SslContexts contexts = SluiceRuntime.of(beans).contexts();
        for (String name : contexts.names()) {
            if (usesJsse(contexts.get(name))) {
                synchronized (FOUND) {
                    FOUND.add(name);
                }
            }
        }
    }

    private static boolean usesJsse(NamedSslContext context) {
        return ReloadableContext.behind(context)
                .flatMap(ReloadableContext::generation)
                .map(Generation::snapshot)
                .filter(loaded -> !loaded.isPlain() && loaded.engines().isEmpty())
                .isPresent();
    }
}
