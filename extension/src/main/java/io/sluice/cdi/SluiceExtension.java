package io.sluice.cdi;

import io.sluice.context.SslContext;
import io.sluice.internal.cdi.Deployment;
import io.sluice.internal.cdi.Discovery;
import io.sluice.internal.cdi.container.SuppliedBeans;
import io.sluice.internal.cdi.stream.CreationGuard;
import io.sluice.internal.cdi.stream.StreamAttributes;
import io.sluice.server.SocketEndpoint;
import io.sluice.stream.Assisted;
import io.sluice.stream.SocketStream;
import io.sluice.stream.StreamCreation;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AfterTypeDiscovery;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessBeanAttributes;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.ProcessProducerField;
import jakarta.enterprise.inject.spi.ProcessProducerMethod;
import jakarta.enterprise.inject.spi.ProcessSyntheticBean;
import jakarta.enterprise.inject.spi.WithAnnotations;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The portable extension. It only observes the container's events, and delegates the work. */
public class SluiceExtension implements Extension {

    private final Discovery discovery = new Discovery();
    private @Nullable Deployment deployment;

    /** For the container. */
    public SluiceExtension() {}

    void addTypes(@Observes BeforeBeanDiscovery event) {
        event.addQualifier(SslContext.class);
        event.addQualifier(Assisted.class);
        event.addInterceptorBinding(StreamCreation.class);
        event.addAnnotatedType(CreationGuard.class, CreationGuard.class.getName())
                .add(new CreationGuard.Declared());
    }

    <T extends SocketStream> void noteStreamType(@Observes ProcessAnnotatedType<T> event) {
        discovery.streamTypes().discovered(event);
    }

    void noteEndpointType(
            @Observes @WithAnnotations(SocketEndpoint.class) ProcessAnnotatedType<?> event, BeanManager beans) {
        discovery.endpointType(event.getAnnotatedType(), beans);
    }

    void addStreamTypes(@Observes AfterTypeDiscovery event, BeanManager beans) {
        discovery.streamTypes().addNamed(event, beans);
    }

    <T extends SocketStream> void hideStreamClass(@Observes ProcessBeanAttributes<T> event) {
        if (event.getAnnotated() instanceof AnnotatedType<?> type) {
            event.setBeanAttributes(StreamAttributes.of(event.getBeanAttributes(), type));
        }
    }

    void noteManagedBean(@Observes ProcessManagedBean<?> event, BeanManager beans) {
        discovery.managedBean(event.getAnnotatedBeanClass(), event.getBean(), beans);
    }

    void noteProducer(@Observes ProcessProducerMethod<?, ?> event) {
        discovery.bean(event.getBean());
    }

    void noteProducer(@Observes ProcessProducerField<?, ?> event) {
        discovery.bean(event.getBean());
    }

    void notePoint(@Observes ProcessInjectionPoint<?, ?> event) {
        discovery.point(event.getInjectionPoint());
    }

    /** An observer of every ProcessBean would cost time at boot: each context has seven beans. */
    void noteSyntheticBean(@Observes ProcessSyntheticBean<?> event) {
        if (!SuppliedBeans.isOwn(event.getBean())) {
            discovery.syntheticBean(event.getBean());
        }
    }

    void register(@Observes AfterBeanDiscovery event, BeanManager beans) {
        Deployment registered = new Deployment(discovery.findings(beans), beans);
        registered.register(event);
        deployment = registered;
    }

    void validate(@Observes AfterDeploymentValidation event) {
        deployment().validate(event);
    }

    /**
     * Runs after all other observers: what they prepare is ready for the first connection, and if one of them fails, no port is left
     * open.
     */
    void start(@Observes @Priority(Integer.MAX_VALUE) @Initialized(ApplicationScoped.class) Object event) {
        deployment().start();
    }

    /** OpenWebBeans fires this even if the application failed before registration. */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        stop();
    }

    /** Embedded containers, as Arquillian's for Weld, may end without the event above. */
    void shutDown(@Observes BeforeShutdown event) {
        stop();
    }

    private void stop() {
        Deployment registered = deployment;
        if (registered != null) {
            registered.stop();
        }
    }

    private Deployment deployment() {
        return Objects.requireNonNull(deployment, "the container has not finished bean discovery");
    }
}
