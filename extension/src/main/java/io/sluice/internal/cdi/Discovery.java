package io.sluice.internal.cdi;

import io.sluice.internal.cdi.container.Archives;
import io.sluice.internal.cdi.container.PointType;
import io.sluice.internal.cdi.container.SuppliedBeans;
import io.sluice.internal.cdi.context.ContextPoint;
import io.sluice.internal.cdi.endpoint.EndpointDeclarations;
import io.sluice.internal.cdi.endpoint.EndpointMethod;
import io.sluice.internal.cdi.endpoint.FoundEndpoints;
import io.sluice.internal.cdi.stream.AssistedPoint;
import io.sluice.internal.cdi.stream.CurrentStreamPoint;
import io.sluice.internal.cdi.stream.FoundStreamClass;
import io.sluice.internal.cdi.stream.FoundStreams;
import io.sluice.internal.cdi.stream.StreamTypes;
import io.sluice.stream.SocketStream;
import io.sluice.stream.StreamConnection;
import jakarta.enterprise.inject.Specializes;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Collects what the container's discovery shows, by the extension's observers, on one thread; {@link #findings} ends it. Weld shows
 * beans too that another one specializes, with their injection points and producers; OpenWebBeans does not.
 */
public final class Discovery {

    private final StreamTypes streamTypes = new StreamTypes();
    private final Archives archives = new Archives();
    private final Set<Class<?>> specialized = new HashSet<>();
    private final List<Bean<?>> beans = new ArrayList<>();
    private final List<FoundStreamClass> streamClasses = new ArrayList<>();
    private final List<EndpointMethod> endpoints = new ArrayList<>();
    private final List<InjectionPoint> points = new ArrayList<>();
    private final SuppliedBeans supplied = new SuppliedBeans();
    private boolean complete;

    /** The stream classes that endpoints name. */
    public void endpointType(AnnotatedType<?> type, BeanManager beans) {
        EndpointDeclarations.of(type, beans).forEach(method -> streamTypes.namedBy(method, type.getJavaClass()));
    }

    public StreamTypes streamTypes() {
        return streamTypes;
    }

    public void managedBean(AnnotatedType<?> type, Bean<?> bean, BeanManager manager) {
        archives.see(bean);
        bean(bean);
        endpoints.addAll(EndpointMethod.of(type, bean, manager));
        if (SocketStream.class.isAssignableFrom(type.getJavaClass())) {
            streamClasses.add(FoundStreamClass.of(type, bean));
        }
        if (type.isAnnotationPresent(Specializes.class)) {
            specialized.add(type.getJavaClass().getSuperclass());
        }
    }

    public void bean(Bean<?> bean) {
        beans.add(bean);
    }

    /** Also after the findings: other extensions may add beans when Sluice has added its own. */
    public void syntheticBean(Bean<?> bean) {
        supplied.add(bean);
    }

    /** Containers tell of further points later, when they are asked to make what they did not discover. */
    public void point(InjectionPoint point) {
        if (!complete) {
            points.add(point);
        }
    }

    /** All that was found, once the container has shown it all. */
    public Findings findings(BeanManager manager) {
        complete = true;
        beans.stream().filter(this::isEnabled).forEach(supplied::add);
        streamClasses.removeIf(found -> !isEnabled(found.bean()));
        endpoints.removeIf(method -> !isEnabled(method.bean()));
        points.removeIf(point -> !isEnabled(point.getBean()));
        FoundEndpoints foundEndpoints = FoundEndpoints.of(endpoints, archives, manager);
        foundEndpoints.points().forEach(points::add);
        FoundStreams streams = new FoundStreams(streamClasses, streamPoints(), assistedTypes());
        List<ContextPoint> contexts = points.stream()
                .flatMap(point -> ContextPoint.of(point).stream())
                .toList();
        return new Findings(contexts, supplied, streams, foundEndpoints, archives, problems(streams));
    }

    private boolean isEnabled(@Nullable Bean<?> bean) {
        return bean == null || !specialized.contains(bean.getBeanClass());
    }

    private List<CurrentStreamPoint> streamPoints() {
        return points.stream()
                .flatMap(point -> CurrentStreamPoint.of(point).stream())
                .toList();
    }

    private Set<Type> assistedTypes() {
        return points.stream()
                .filter(AssistedPoint::is)
                .map(point -> boxed(point.getType()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private List<String> problems(FoundStreams streams) {
        List<String> problems = new ArrayList<>(streamTypes.problems());
        problems.addAll(streams.problems());
        points.forEach(point -> misplaced(point, problems));
        return problems;
    }

    private static Type boxed(Type type) {
        return type instanceof Class<?> plain
                ? MethodType.methodType(plain).wrap().returnType()
                : type;
    }

    /** The types of misplaced points are registered all the same, or the container would find them unsatisfied before we can say why. */
    private static void misplaced(InjectionPoint point, List<String> problems) {
        if (SocketStream.class.isAssignableFrom(point.getMember().getDeclaringClass())) {
            return;
        }
        if (AssistedPoint.is(point)) {
            problems.add("@Assisted at " + PointType.place(point)
                    + ": only stream classes (subclasses of SocketStream) have initargs to inject");
        }
        if (point.getType() == StreamConnection.class) {
            problems.add("StreamConnection at " + PointType.place(point)
                    + ": only stream classes (subclasses of SocketStream) have a connection to inject");
        }
    }
}
