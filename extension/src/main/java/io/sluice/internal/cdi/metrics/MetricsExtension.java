package io.sluice.internal.cdi.metrics;

import io.sluice.context.ContextReloadFailed;
import io.sluice.context.ContextReloaded;
import io.sluice.context.SslContexts;
import io.sluice.event.ConnectionListener;
import io.sluice.internal.cdi.container.AddedBean;
import io.sluice.internal.metrics.ApplicationMetrics;
import io.sluice.internal.metrics.MetricSink;
import io.sluice.internal.metrics.OptionalApi;
import io.sluice.internal.metrics.Readings;
import io.sluice.server.ServerStarted;
import io.sluice.server.SocketServers;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Singleton;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Adds a listener that reports metrics through an API, if the application has the API. Otherwise it does nothing, and no class is loaded that
 * refers to the API.
 */
public abstract class MetricsExtension implements Extension {

    private final String api;
    private volatile @Nullable ApplicationMetrics metrics;

    /**
     * Reports through an API.
     *
     * @param api the name of one of its types
     */
    protected MetricsExtension(String api) {
        this.api = api;
    }

    /**
     * Makes the sink, when Sluice looks its listeners up and before the first server starts.
     *
     * @param beans the container
     * @param readings what can be read
     * @return the sink, which is closed when the application ends
     */
    protected abstract MetricSink sink(BeanManager beans, Readings readings);

    /**
     * Adds further beans that need the API.
     *
     * @param event takes beans
     * @param beans the container
     */
    protected void addBeans(AfterBeanDiscovery event, BeanManager beans) {}

    /** Adds the listener. */
    protected void register(@Observes AfterBeanDiscovery event, BeanManager beans) {
        if (OptionalApi.isPresent(api, getClass())) {
            AddedBean.named(getClass().getName(), event, beans)
                    .types(ConnectionListener.class)
                    .scope(Singleton.class)
                    .produceWith(lookup -> start(lookup, beans).listener());
            addBeans(event, beans);
        }
    }

    private ApplicationMetrics start(Instance<Object> lookup, BeanManager beans) {
        ApplicationMetrics started = new ApplicationMetrics(
                lookup.select(SocketServers.class).get(),
                lookup.select(SslContexts.class).get(),
                readings -> sink(beans, readings));
        metrics = started;
        return started;
    }

    /** A server from code is new. */
    protected void started(@Observes ServerStarted event) {
        tell(ApplicationMetrics::serverStarted);
    }

    /** A reload has succeeded. */
    protected void reloaded(@Observes @Any ContextReloaded event) {
        tell(known -> known.reloaded(event.context()));
    }

    /** A reload has failed. */
    protected void reloadFailed(@Observes @Any ContextReloadFailed event) {
        tell(known -> known.reloadFailed(event.context()));
    }

    /** The application ends. */
    protected void stop(@Observes BeforeShutdown event) {
        tell(ApplicationMetrics::close);
    }

    private void tell(Consumer<ApplicationMetrics> fact) {
        ApplicationMetrics known = metrics;
        if (known != null) {
            fact.accept(known);
        }
    }
}
