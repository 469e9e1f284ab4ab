package io.sluice.cdi;

import io.sluice.context.SslContext;
import io.sluice.stream.SocketStream;
import io.sluice.stream.StreamConnection;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the container's discovery showed of an application: filled by the extension's observers, on one thread. */
final class Discovery {

    private final List<ContextPoint> points = new ArrayList<>();
    private final Map<String, List<Bean<?>>> supplied = new HashMap<>();
    private final List<StreamPoint> streamPoints = new ArrayList<>();
    private final Set<Type> suppliedUnqualified = new HashSet<>();
    private final Map<Class<?>, Bean<?>> streamBeans = new HashMap<>();
    private final Set<Type> assistedTypes = new LinkedHashSet<>();
    private final Archives archives = new Archives();
    private final StreamTypes streamTypes = new StreamTypes();
    private final List<EndpointMethod> endpoints = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    void point(InjectionPoint point) {
        ContextPoint.of(point).ifPresent(points::add);
        StreamPoint.of(point).ifPresent(streamPoints::add);
        if (AssistedPoint.is(point)) {
            assisted(point);
        }
        if (point.getType() == StreamConnection.class && !isOfStreamClass(point)) {
            problems.add("StreamConnection at " + ContextPoint.place(point)
                    + ": only stream classes (subclasses of SocketStream) have a connection to inject");
        }
    }

    private static boolean isOfStreamClass(InjectionPoint point) {
        return SocketStream.class.isAssignableFrom(point.getMember().getDeclaringClass());
    }

    /** A misplaced point has its type registered too, or the container would find it unsatisfied before we can say why. */
    private void assisted(InjectionPoint point) {
        assistedTypes.add(boxed(point.getType()));
        if (!isOfStreamClass(point)) {
            problems.add("@Assisted at " + ContextPoint.place(point)
                    + ": only stream classes (subclasses of SocketStream) have initargs to inject");
        }
    }

    private static Type boxed(Type type) {
        return type instanceof Class<?> plain
                ? MethodType.methodType(plain).wrap().returnType()
                : type;
    }

    void bean(Bean<?> bean) {
        bean.getQualifiers().stream()
                .filter(SslContext.class::isInstance)
                .map(qualifier -> ((SslContext) qualifier).value())
                .forEach(name -> supplied.computeIfAbsent(name, unknown -> new ArrayList<>())
                        .add(bean));
        if (bean.getQualifiers().contains(Default.Literal.INSTANCE)) {
            bean.getTypes().stream().filter(Discovery::isStreamClass).forEach(suppliedUnqualified::add);
        }
    }

    private static boolean isStreamClass(Type type) {
        return type instanceof Class<?> plain && SocketStream.class.isAssignableFrom(plain);
    }

    /** A bean of ours, by its class, which those have that we register: OpenWebBeans names no other. */
    static boolean isOwn(Bean<?> bean) {
        return bean.getBeanClass().getPackage().equals(Discovery.class.getPackage());
    }

    void streamBean(Class<?> type, Bean<?> bean) {
        streamBeans.put(type, bean);
        if (bean.getScope() != Dependent.class) {
            problems.add("stream class " + type.getName() + " " + StreamClassDefect.scope(bean.getScope()));
        }
    }

    void managedBean(AnnotatedType<?> type, Bean<?> bean) {
        archives.see(bean);
        endpoints.addAll(EndpointMethod.of(type, bean));
    }

    List<EndpointMethod> endpoints() {
        return endpoints;
    }

    Archives archives() {
        return archives;
    }

    StreamTypes streamTypes() {
        return streamTypes;
    }

    List<ContextPoint> points() {
        return points;
    }

    List<StreamPoint> streamPoints() {
        return streamPoints;
    }

    /** Whether the application has a bean of its own for unqualified points of a stream class. */
    boolean suppliesStream(Class<?> type) {
        return suppliedUnqualified.contains(type);
    }

    /** The application's own beans by context name. */
    Map<String, List<Bean<?>>> supplied() {
        return supplied;
    }

    List<Bean<?>> suppliedBy(String name) {
        return supplied.getOrDefault(name, List.of());
    }

    boolean supplies(String name, Class<?> type) {
        return suppliedBy(name).stream().anyMatch(bean -> bean.getTypes().contains(type));
    }

    Map<Class<?>, Bean<?>> streamBeans() {
        return streamBeans;
    }

    Set<Type> assistedTypes() {
        return assistedTypes;
    }

    List<String> problems() {
        return problems;
    }
}
