package io.sluice.internal.cdi.context;

import io.sluice.context.NamedSslContext;
import io.sluice.context.SslContextSpecifier;
import io.sluice.internal.cdi.container.AddedBean;
import io.sluice.internal.cdi.container.DependentBean;
import io.sluice.internal.cdi.container.SuppliedBeans;
import io.sluice.internal.cdi.container.UnnamedBean;
import io.sluice.internal.settings.ContextName;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.SocketStreamCreator;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.PassivationCapable;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;

/** Registers the beans of each context, except those that the application supplies itself. */
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
        addFactory(bound, SocketStreamCreator.class, InjectedCreator.class, creator);
        addFactory(bound, SocketStreamConnector.class, InjectedConnector.class, connector);
        if (!supplied.hasContext(bound.name(), SslContextSpecifier.class)) {
            event.addBean(specifierBean(bound));
        }
        if (!ContextName.NONE.is(bound.name())) {
            registerTls(bound);
        }
    }

    private void registerTls(BoundContext bound) {
        addView(bound, SSLContext.class, NamedSslContext::sslContext);
        addView(bound, SSLSocketFactory.class, NamedSslContext::socketFactory);
        addView(bound, SSLServerSocketFactory.class, NamedSslContext::serverSocketFactory);
        addView(bound, SSLParameters.class, NamedSslContext::parameters);
    }

    /**
     * Registers a bean for each unsatisfied injection point. Otherwise the container would stop at the first of them, before all
     * problems are reported.
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

    /** The bean has a class of its own, so that interceptors and decorators apply to it. */
    private <T> void addFactory(
            BoundContext bound, Class<? super T> type, Class<T> beanClass, AnnotatedType<T> annotated) {
        if (!supplied.hasContext(bound.name(), type)) {
            DependentBean<T> attributes =
                    new DependentBean<>(Set.of(type, Object.class), ContextQualifier.of(bound.name()));
            event.addBean(beans.createBean(
                    attributes, beanClass, new BoundInjectionTargetFactory<>(beans, annotated, bound)));
        }
    }

    private Bean<?> specifierBean(BoundContext bound) {
        DependentBean<SslContextSpecifier> attributes =
                new DependentBean<>(Set.of(SslContextSpecifier.class, Object.class), ContextQualifier.of(bound.name()));
        Bean<SslContextSpecifier> produced = beans.createBean(
                attributes,
                SpecifierProducer.class,
                new BoundProducerFactory<SpecifierProducer>(beans, specifier, bound));
        return new PassivatingBean<>(produced, SslContextSpecifier.class.getName() + " " + bound.name());
    }

    private <T> void addView(BoundContext bound, Class<T> type, Function<NamedSslContext, T> view) {
        if (!supplied.hasContext(bound.name(), type)) {
            event.addBean(new ViewBean<>(bound, type, view));
        }
    }

    /**
     * A view of a named context as a bean. There are four for each name. They are made without the event's configurator, which costs
     * more time at boot than the beans do.
     */
    private static final class ViewBean<T> implements Bean<T>, UnnamedBean<T>, PassivationCapable {

        private final Class<T> type;
        private final Set<Type> types;
        private final Set<Annotation> qualifiers;
        private final BoundContext bound;
        private final Function<NamedSslContext, T> view;

        ViewBean(BoundContext bound, Class<T> type, Function<NamedSslContext, T> view) {
            this.type = type;
            this.types = Set.of(type, Object.class);
            this.qualifiers = Set.of(ContextQualifier.of(bound.name()), Any.Literal.INSTANCE);
            this.bound = bound;
            this.view = view;
        }

        @Override
        public T create(CreationalContext<T> context) {
            return view.apply(bound.context());
        }

        @Override
        public void destroy(T instance, CreationalContext<T> context) {
            context.release();
        }

        @Override
        public Class<?> getBeanClass() {
            return ContextBeans.class;
        }

        /** Lets session-scoped holders deploy. The view itself is not serialisable: a holder must make its field transient. */
        @Override
        public String getId() {
            return toString();
        }

        @Override
        public Set<InjectionPoint> getInjectionPoints() {
            return Set.of();
        }

        @Override
        public Set<Type> getTypes() {
            return types;
        }

        @Override
        public Set<Annotation> getQualifiers() {
            return qualifiers;
        }

        @Override
        public String toString() {
            return type.getName() + " of " + ContextName.quoted(bound.name());
        }
    }

    /**
     * A bean whose instances are serialisable. Without it, containers would assume that a producer's bean of an extension is not, and would
     * not inject it into session-scoped beans.
     *
     * @param bean a dependent bean without a name
     * @param id its id for the container, the same in each run
     */
    private record PassivatingBean<T>(Bean<T> bean, String id) implements Bean<T>, UnnamedBean<T>, PassivationCapable {

        @Override
        public String getId() {
            return id;
        }

        @Override
        public T create(CreationalContext<T> context) {
            return bean.create(context);
        }

        @Override
        public void destroy(T instance, CreationalContext<T> context) {
            bean.destroy(instance, context);
        }

        @Override
        public Class<?> getBeanClass() {
            return bean.getBeanClass();
        }

        @Override
        public Set<InjectionPoint> getInjectionPoints() {
            return bean.getInjectionPoints();
        }

        @Override
        public Set<Type> getTypes() {
            return bean.getTypes();
        }

        @Override
        public Set<Annotation> getQualifiers() {
            return bean.getQualifiers();
        }
    }
}
