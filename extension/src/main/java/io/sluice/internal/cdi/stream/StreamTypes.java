package io.sluice.internal.cdi.stream;

import io.sluice.internal.cdi.container.Archives;
import io.sluice.internal.cdi.container.GlassFish;
import io.sluice.internal.cdi.container.TypeVariables;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.inject.Specializes;
import jakarta.enterprise.inject.Vetoed;
import jakarta.enterprise.inject.spi.AfterTypeDiscovery;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The stream classes that discovery saw, and those that an endpoint's method names: these need no annotation to be beans. */
public final class StreamTypes {

    private final Set<Class<?>> seen = new HashSet<>();
    private final Set<Class<? extends SocketStream>> named = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    public StreamTypes() {
        seen.add(SocketStream.class);
    }

    /** A specialized class must be a bean: if it was not discovered, it is added. */
    public <T extends SocketStream> void see(ProcessAnnotatedType<T> event) {
        Class<T> type = event.getAnnotatedType().getJavaClass();
        seen.add(type);
        if (event.getAnnotatedType().isAnnotationPresent(Specializes.class)) {
            Class<? super T> specialized = type.getSuperclass();
            if (specialized == SocketStream.class) {
                event.configureAnnotatedType().remove(Specializes.class::isInstance);
                problems.add("stream class " + type.getName()
                        + " specializes SocketStream, which is not a bean and cannot be"
                        + " replaced. Remove @Specializes, and create streams of this class");
            } else {
                named.add(specialized.asSubclass(SocketStream.class));
            }
        }
    }

    public List<String> problems() {
        return problems;
    }

    /** Notes the stream class that an endpoint's method names. */
    public void namedBy(AnnotatedMethod<?> method, Class<?> beanClass) {
        ofEndpoint(method, beanClass).ifPresent(named::add);
    }

    /** The class of an endpoint's first parameter, if that is a stream; in a generic class, as the bean's class has it. */
    public static Optional<Class<? extends SocketStream>> ofEndpoint(AnnotatedMethod<?> method, Class<?> beanClass) {
        return Stream.of(method.getJavaMember().getGenericParameterTypes())
                .limit(1)
                .<Class<?>>map(TypeVariables.of(beanClass)::erased)
                .filter(SocketStream.class::isAssignableFrom)
                .<Class<? extends SocketStream>>map(type -> type.asSubclass(SocketStream.class))
                .findFirst();
    }

    /**
     * Those that cannot be beans are told of with the endpoint. One of another archive (a WAR's, with the jar in the EAR) is not added:
     * it would be a bean of ours, which sees nothing of the other's. It is made at its first use, as undiscovered classes are.
     */
    public void addNamed(AfterTypeDiscovery event, BeanManager beans) {
        named.stream()
                .filter(type -> !seen.contains(type))
                .filter(type -> Archives.isOwn(type) && !GlassFish.isHere())
                .filter(type -> StreamClassDefect.of(type).isEmpty())
                .filter(type -> !type.isAnnotationPresent(Vetoed.class))
                .forEach(type -> event.addAnnotatedType(beans.createAnnotatedType(type), type.getName()));
    }
}
