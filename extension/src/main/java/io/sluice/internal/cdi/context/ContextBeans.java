package io.sluice.internal.cdi.context;

import io.sluice.context.NamedSslContext;
import io.sluice.context.SslContextSpecifier;
import io.sluice.internal.cdi.container.AddedBean;
import io.sluice.internal.cdi.container.DependentBean;
import io.sluice.internal.cdi.container.PassivatingBean;
import io.sluice.internal.cdi.container.SuppliedBeans;
import io.sluice.internal.settings.ContextName;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.SocketStreamCreator;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;

/** Registers the beans of each context: one set a name, but for what the application supplies itself. */
public final class ContextBeans {

    private final AfterBeanDiscovery event;
    private final BeanManager beans;
    private final SuppliedBeans supplied;
    private final AnnotatedType<InjectedCreator> creator;
    private final AnnotatedType<InjectedConnector> connector;
    private final AnnotatedMethod<? super SpecifierProducer> specifier;

    public ContextBeans(AfterBeanDiscovery event, BeanManager beans, SuppliedBeans supplied) {
        this.event = event;
        this.beans = beans;
        this.supplied = supplied;
        this.creator = beans.createAnnotatedType(InjectedCreator.class);
        this.connector = beans.createAnnotatedType(InjectedConnector.class);
        this.specifier = beans.createAnnotatedType(SpecifierProducer.class).getMethods().stream()
                .filter(method -> method.isAnnotationPresent(Produces.class))
                .findFirst()
                .orElseThrow();
    }

    public void register(BoundContext bound) {
        made(bound, SocketStreamCreator.class, InjectedCreator.class, creator);
        made(bound, SocketStreamConnector.class, InjectedConnector.class, connector);
        if (!supplied.hasContext(bound.name(), SslContextSpecifier.class)) {
            event.addBean(producedSpecifier(bound));
        }
        if (!ContextName.NONE.is(bound.name())) {
            registerTls(bound);
        }
    }

    private void registerTls(BoundContext bound) {
        view(bound, SSLContext.class, NamedSslContext::sslContext);
        view(bound, SSLSocketFactory.class, NamedSslContext::socketFactory);
        view(bound, SSLServerSocketFactory.class, NamedSslContext::serverSocketFactory);
        view(bound, SSLParameters.class, NamedSslContext::parameters);
    }

    /**
     * Points that nothing can be injected at have beans all the same: else the container would stop at the first of them, in
     * its own words, before the problems were told.
     */
    public void registerStandIns(ContextPoints names) {
        Map<Set<Object>, ContextPoint> unmet = new HashMap<>();
        names.unmet().forEach(point -> unmet.putIfAbsent(Set.of(point.name(), point.type()), point));
        for (ContextPoint point : unmet.values()) {
            AddedBean.named("instead of " + point.type() + " of " + point.name(), event, beans)
                    .beanClass(ContextBeans.class)
                    .types(point.type())
                    .qualifiers(ContextQualifier.of(point.name()))
                    .scope(Dependent.class)
                    .produceWith(lookup -> {
                        throw new IllegalStateException(names.problem(point));
                    });
        }
    }

    /** A bean of our own class, so that interceptors and decorators apply to it. */
    private <T> void made(BoundContext bound, Class<? super T> type, Class<T> beanClass, AnnotatedType<T> annotated) {
        if (!supplied.hasContext(bound.name(), type)) {
            DependentBean<T> attributes =
                    new DependentBean<>(Set.of(type, Object.class), ContextQualifier.of(bound.name()));
            event.addBean(beans.createBean(
                    attributes, beanClass, new BoundInjectionTargetFactory<>(beans, annotated, bound)));
        }
    }

    private Bean<?> producedSpecifier(BoundContext bound) {
        DependentBean<SslContextSpecifier> attributes =
                new DependentBean<>(Set.of(SslContextSpecifier.class, Object.class), ContextQualifier.of(bound.name()));
        Bean<SslContextSpecifier> produced = beans.createBean(
                attributes,
                SpecifierProducer.class,
                new BoundProducerFactory<SpecifierProducer>(beans, specifier, bound));
        return new PassivatingBean<>(produced, SslContextSpecifier.class.getName() + " " + bound.name());
    }

    private <T> void view(BoundContext bound, Class<T> type, Function<NamedSslContext, T> view) {
        if (!supplied.hasContext(bound.name(), type)) {
            event.addBean(new ContextViewBean<>(bound, type, view));
        }
    }
}
