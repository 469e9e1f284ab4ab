package io.sluice.internal.cdi.stream;

import io.sluice.internal.cdi.container.AddedBean;
import io.sluice.internal.cdi.container.ProxyDefect;
import io.sluice.internal.cdi.container.SuppliedBeans;
import io.sluice.internal.cdi.scope.ConnectionScopedContext;
import io.sluice.server.ConnectionScoped;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Registers the current connection's stream as a bean, with the type {@code SocketStream} and each stream class at injection points. */
public final class CurrentStreamBeans {

    private final FoundStreams streams;
    private final SuppliedBeans supplied;
    private final ConnectionScopedContext connections;

    public CurrentStreamBeans(FoundStreams streams, SuppliedBeans supplied, ConnectionScopedContext connections) {
        this.streams = streams;
        this.supplied = supplied;
        this.connections = connections;
    }

    public void register(AfterBeanDiscovery event, BeanManager beans) {
        Set<Class<? extends SocketStream>> types = new LinkedHashSet<>(Set.of(SocketStream.class));
        streams.points().forEach(point -> types.add(point.type()));
        types.removeIf(supplied::hasStream);
        for (Class<? extends SocketStream> type : types) {
            if (ProxyDefect.of(type).isEmpty()) {
                register(type, event, beans);
            } else if (streams.points().stream().anyMatch(point -> point.type() == type && point.required())) {
                registerStandIn(type, event, beans);
            }
        }
    }

    /** The stream belongs to its creator: destroying the reference does not close it. */
    private <S extends SocketStream> void register(Class<S> type, AfterBeanDiscovery event, BeanManager beans) {
        AddedBean.of(type, event, beans)
                .types(type, Object.class)
                .scope(ConnectionScoped.class)
                .produceWith(lookup -> connections.stream(type));
    }

    /** Satisfies the container until the problem is reported. */
    private static void registerStandIn(Class<?> type, AfterBeanDiscovery event, BeanManager beans) {
        AddedBean.named("instead of " + type.getName(), event, beans)
                .beanClass(CurrentStreamBeans.class)
                .types(type)
                .scope(Dependent.class)
                .produceWith(lookup -> {
                    throw new IllegalStateException("CDI cannot make a reference to " + type.getName());
                });
    }

    public List<String> problems() {
        return streams.points().stream()
                .filter(point -> point.required() && !supplied.hasStream(point.type()))
                .flatMap(point -> ProxyDefect.of(point.type()).stream().map(defect -> problem(point, defect)))
                .toList();
    }

    private static String problem(FoundStreams.CurrentStreamPoint point, String defect) {
        return "the current " + point.type().getSimpleName() + " at " + point.place()
                + ": CDI cannot make a reference to " + point.type().getName() + ", because " + defect
                + ". Change that, or inject SocketStream";
    }
}
