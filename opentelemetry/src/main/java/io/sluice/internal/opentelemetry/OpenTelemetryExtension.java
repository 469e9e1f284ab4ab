package io.sluice.internal.opentelemetry;

import io.sluice.internal.cdi.container.AddedBean;
import io.sluice.internal.cdi.metrics.MetricsExtension;
import io.sluice.internal.metrics.MetricSink;
import io.sluice.internal.metrics.Readings;
import io.sluice.internal.trace.ConnectionTracer;
import io.sluice.server.SocketServers;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;

/** Reports and traces through OpenTelemetry, if the application has its API. */
public class OpenTelemetryExtension extends MetricsExtension {

    /** For the container. */
    public OpenTelemetryExtension() {
        super("io.opentelemetry.api.OpenTelemetry");
    }

    @Override
    protected MetricSink sink(BeanManager beans, Readings readings) {
        return new OpenTelemetrySink(OpenTelemetrySource.of(beans).getMeter(OpenTelemetrySource.SCOPE), readings);
    }

    @Override
    protected void addBeans(AfterBeanDiscovery event, BeanManager beans) {
        AddedBean.of(ConnectionTracer.class, event, beans)
                .types(ConnectionTracer.class)
                .scope(Singleton.class)
                .produceWith(lookup ->
                        Spans.of(beans, lookup.select(SocketServers.class).get()));
    }
}
