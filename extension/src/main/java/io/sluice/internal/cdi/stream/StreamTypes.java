package io.sluice.internal.cdi.stream;

import io.sluice.internal.cdi.container.Archives;
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

/** The discovered stream classes, and those that endpoint methods name: these are beans without an annotation. */
public final class StreamTypes {

    /** Set by GlassFish and Payara, to the directory of the domain or instance. */
    private static final String GLASSFISH_INSTANCE = "com.sun.aas.instanceRoot";

    private final Set<Class<?>> discovered = new HashSet<>();
    private final Set<Class<? extends SocketStream>> named = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    public StreamTypes() {
        discovered.add(SocketStream.class);
    }

    /** Notes a stream class. A specialized class must be a bean: if it was not discovered, it is added. */
    public <T extends SocketStream> void discovered(ProcessAnnotatedType<T> event) {
        Class<T> type = event.getAnnotatedType().getJavaClass();
        discovered.add(type);
        if (event.getAnnotatedType().isAnnotationPresent(Specializes.class)) {
            Class<? super T> specialized = type.getSuperclass();
            if (specialized == SocketStream.class) {
                event.configureAnnotatedType().remove(Specializes.class::isInstance);
                problems.add("stream class " + type.getName()
                        + " specializes SocketStream, which is not a bean and cannot be replaced. Remove @Specializes, and"
                        + " create streams of this class");
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

    /**
     * The class of an endpoint's stream: of the first parameter, or, if that is a message, of any parameter, and otherwise {@code
     * SocketStream}. Empty if the method has no parameter. Type variables are resolved for the bean's class.
     */
    public static Optional<Class<? extends SocketStream>> ofEndpoint(AnnotatedMethod<?> method, Class<?> beanClass) {
        if (method.getJavaMember().getParameterCount() == 0) {
            return Optional.empty();
        }
        Optional<Class<? extends SocketStream>> first = parameters(method, beanClass)
                .filter(SocketStream.class::isAssignableFrom)
                .<Class<? extends SocketStream>>map(type -> type.asSubclass(SocketStream.class))
                .findFirst();
        return first.or(() -> Optional.of(SocketStream.class));
    }

    /** Returns true if an endpoint's first parameter is a message, and not the stream. */
    public static boolean isOfMessages(AnnotatedMethod<?> method, Class<?> beanClass) {
        return parameters(method, beanClass)
                .findFirst()
                .filter(type -> !SocketStream.class.isAssignableFrom(type))
                .isPresent();
    }

    private static Stream<Class<?>> parameters(AnnotatedMethod<?> method, Class<?> beanClass) {
        TypeVariables variables = TypeVariables.of(beanClass);
        return Stream.of(method.getJavaMember().getGenericParameterTypes()).map(variables::erased);
    }

    /**
     * Adds the named classes as beans. Classes that cannot be beans are reported with their endpoint. A class of another archive (of a WAR,
     * with the jar in the EAR) is not added, because it would become a bean of this archive, which cannot see the other one. Nor is a class
     * on GlassFish and Payara: they put added types into an archive that cannot see any other ({@code
     * DeploymentImpl.loadBeanDeploymentArchive}). The beans of both are created on first use, as for undiscovered classes.
     */
    public void addNamed(AfterTypeDiscovery event, BeanManager beans) {
        named.stream()
                .filter(type -> !discovered.contains(type))
                .filter(type -> Archives.isOwn(type) && System.getProperty(GLASSFISH_INSTANCE) == null)
                .filter(type -> StreamClassDefect.of(type).isEmpty())
                .filter(type -> !type.isAnnotationPresent(Vetoed.class))
                .forEach(type -> event.addAnnotatedType(beans.createAnnotatedType(type), type.getName()));
    }
}
