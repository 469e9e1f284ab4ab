package io.sluice.internal.cdi.endpoint;

import io.sluice.internal.cdi.container.TypeVariables;
import io.sluice.server.SocketEndpoint;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The methods of a class that declare endpoints, inherited as in Java: an overridden method no longer belongs to the class, whatever its
 * annotations. Containers list different methods: Weld includes the compiler's bridge methods, with the annotations of the bridged
 * methods, and OpenWebBeans omits the default methods of interfaces.
 */
public final class EndpointDeclarations {

    private final TypeVariables variables;
    private final List<Class<?>> classes;
    private final Set<Class<?>> interfaces = new LinkedHashSet<>();

    private EndpointDeclarations(Class<?> type) {
        this.variables = TypeVariables.of(type);
        this.classes = Stream.<@Nullable Class<?>>iterate(
                        type, each -> each != null && each != Object.class, Class::getSuperclass)
                .toList();
        classes.forEach(each -> addInterfaces(each.getInterfaces()));
    }

    private void addInterfaces(Class<?>[] more) {
        for (Class<?> each : more) {
            if (interfaces.add(each)) {
                addInterfaces(each.getInterfaces());
            }
        }
    }

    public static List<AnnotatedMethod<?>> of(AnnotatedType<?> type, BeanManager beans) {
        EndpointDeclarations declarations = new EndpointDeclarations(type.getJavaClass());
        Map<Method, AnnotatedMethod<?>> found = new LinkedHashMap<>();
        type.getMethods().stream()
                .filter(method -> method.isAnnotationPresent(SocketEndpoint.class))
                .forEach(method -> found.put(method.getJavaMember(), method));
        declarations.defaultMethods(beans).forEach(method -> found.putIfAbsent(method.getJavaMember(), method));
        List<AnnotatedMethod<?>> own = new ArrayList<>(found.values());
        own.removeIf(method -> !declarations.isInherited(method.getJavaMember()));
        return own;
    }

    private boolean isInherited(Method method) {
        boolean callable = !method.getDeclaringClass().isInterface() || method.isDefault();
        return callable && !method.isBridge() && !overrides(method);
    }

    private Stream<AnnotatedMethod<?>> defaultMethods(BeanManager beans) {
        return interfaces.stream()
                .filter(each -> methods(each)
                        .anyMatch(method -> method.isDefault() && method.isAnnotationPresent(SocketEndpoint.class)))
                .<AnnotatedMethod<?>>flatMap(each -> beans.createAnnotatedType(each).getMethods().stream())
                .filter(method ->
                        method.getJavaMember().isDefault() && method.isAnnotationPresent(SocketEndpoint.class));
    }

    /** An interface may mention classes of a missing library. The container reports this if it needs them. */
    private static Stream<Method> methods(Class<?> type) {
        try {
            return Stream.of(type.getDeclaredMethods()).filter(method -> !method.isBridge());
        } catch (NoClassDefFoundError e) {
            return Stream.empty();
        }
    }

    /** Returns true if the class overrides a method of its supertypes. */
    private boolean overrides(Method method) {
        if (Modifier.isPrivate(method.getModifiers()) || Modifier.isStatic(method.getModifiers())) {
            return false;
        }
        Class<?> declaring = method.getDeclaringClass();
        Stream<Class<?>> below = declaring.isInterface()
                ? Stream.concat(
                        classes.stream(),
                        interfaces.stream().filter(each -> each != declaring && declaring.isAssignableFrom(each)))
                : classes.stream().takeWhile(each -> each != declaring);
        return below.flatMap(EndpointDeclarations::methods).anyMatch(other -> overrides(other, method));
    }

    private boolean overrides(Method other, Method method) {
        return other.getName().equals(method.getName())
                && other.getParameterCount() == method.getParameterCount()
                && !Modifier.isStatic(other.getModifiers())
                && !Modifier.isPrivate(other.getModifiers())
                && isVisible(method, other.getDeclaringClass())
                && Arrays.equals(parameters(other), parameters(method));
    }

    /** A package-private method stays within its package. */
    private static boolean isVisible(Method method, Class<?> from) {
        return (method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0
                || method.getDeclaringClass().getPackage().equals(from.getPackage());
    }

    private Class<?>[] parameters(Method method) {
        return Stream.of(method.getGenericParameterTypes())
                .map(variables::erased)
                .toArray(Class<?>[]::new);
    }
}
