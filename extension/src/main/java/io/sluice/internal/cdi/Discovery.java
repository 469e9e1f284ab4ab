package io.sluice.internal.cdi;

import io.sluice.internal.cdi.container.Archives;
import io.sluice.internal.cdi.container.PointType;
import io.sluice.internal.cdi.container.SuppliedBeans;
import io.sluice.internal.cdi.context.ContextPoint;
import io.sluice.internal.cdi.endpoint.EndpointDeclarations;
import io.sluice.internal.cdi.endpoint.EndpointMethod;
import io.sluice.internal.cdi.endpoint.FoundEndpoints;
import io.sluice.internal.cdi.stream.AssistedPoint;
import io.sluice.internal.cdi.stream.FoundStreams;
import io.sluice.internal.cdi.stream.FoundStreams.StreamClass;
import io.sluice.internal.cdi.stream.StreamTypes;
import io.sluice.stream.SocketStream;
import io.sluice.stream.StreamConnection;
import jakarta.enterprise.inject.Specializes;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Collects the events of the container's discovery, on one thread. Nothing is used before discovery is complete:
 *
 * <ol>
 *   <li>Until {@link #findings}, everything is collected. The findings are immutable, and later events are ignored, with one exception:
 *   <li>Until {@link SuppliedBeans#complete}, when the deployment is validated, beans of other extensions are added to {@link
 *       SuppliedBeans}. Containers report them only after Sluice has registered its own beans.
 * </ol>
 *
 * <p>Weld also reports beans that another one specializes, with their injection points and producers; OpenWebBeans does not.
 */
public final class Discovery {

    private final StreamTypes streamTypes = new StreamTypes();
    private final Archives archives = new Archives();
    private final Set<Class<?>> specialized = new HashSet<>();
    private final List<Bean<?>> beans = new ArrayList<>();
    private final List<StreamClass> streamClasses = new ArrayList<>();
    private final List<EndpointMethod> endpoints = new ArrayList<>();
    private final List<InjectionPoint> points = new ArrayList<>();
    private final SuppliedBeans supplied = new SuppliedBeans();
    private boolean complete;

    /** Notes the stream classes that a type's endpoints name. */
    public void endpointType(AnnotatedType<?> type, BeanManager beans) {
        EndpointDeclarations.of(type, beans).forEach(method -> streamTypes.namedBy(method, type.getJavaClass()));
    }

    public StreamTypes streamTypes() {
        return streamTypes;
    }

    public void managedBean(AnnotatedType<?> type, Bean<?> bean, BeanManager manager) {
        if (complete) {
            return;
        }
        archives.add(bean);
        bean(bean);
        endpoints.addAll(EndpointMethod.of(type, bean, manager));
        if (SocketStream.class.isAssignableFrom(type.getJavaClass())) {
            streamClasses.add(StreamClass.of(type, bean));
        }
        if (type.isAnnotationPresent(Specializes.class)) {
            specialized.add(type.getJavaClass().getSuperclass());
        }
    }

    public void bean(Bean<?> bean) {
        if (!complete) {
            beans.add(bean);
        }
    }

    public void syntheticBean(Bean<?> bean) {
        supplied.add(bean);
    }

    /** Containers report further points later, when they create what they did not discover. */
    public void point(InjectionPoint point) {
        if (!complete) {
            points.add(point);
        }
    }

    /** Ends discovery, and gives everything that was found. */
    public Findings findings(BeanManager manager) {
        complete = true;
        beans.stream().filter(this::isEnabled).forEach(supplied::add);
        FoundEndpoints foundEndpoints = FoundEndpoints.of(
                endpoints.stream().filter(method -> isEnabled(method.bean())).toList(), archives, manager);
        List<InjectionPoint> enabled = Stream.concat(
                        points.stream().filter(point -> isEnabled(point.getBean())), foundEndpoints.points())
                .toList();
        FoundStreams streams = FoundStreams.of(
                streamClasses.stream().filter(found -> isEnabled(found.bean())).toList(), enabled);
        List<ContextPoint> contexts = enabled.stream()
                .flatMap(point -> ContextPoint.of(point).stream())
                .toList();
        List<String> problems = new ArrayList<>(streamTypes.problems());
        problems.addAll(streams.problems());
        enabled.forEach(point -> reportMisplaced(point, problems));
        return new Findings(contexts, supplied, streams, foundEndpoints, archives, problems);
    }

    private boolean isEnabled(@Nullable Bean<?> bean) {
        return bean == null || !specialized.contains(bean.getBeanClass());
    }

    /** The types of misplaced points are registered too. Otherwise the container would report unsatisfied points first. */
    private static void reportMisplaced(InjectionPoint point, List<String> problems) {
        if (SocketStream.class.isAssignableFrom(point.getMember().getDeclaringClass())) {
            return;
        }
        if (AssistedPoint.isAssisted(point)) {
            problems.add("@Assisted at " + PointType.place(point)
                    + ": only stream classes (subclasses of SocketStream) have initargs to inject");
        }
        if (point.getType() == StreamConnection.class) {
            problems.add("StreamConnection at " + PointType.place(point)
                    + ": only stream classes (subclasses of SocketStream) have a connection to inject");
        }
    }
}
