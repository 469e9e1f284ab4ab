package io.sluice.internal.cdi.container;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Optional;
import java.util.stream.Stream;

/** The reason why CDI cannot make a contextual reference to a class (Jakarta CDI, unproxyable bean types). */
public final class ProxyDefect {

    private ProxyDefect() {}

    public static Optional<String> of(Class<?> type) {
        if (Modifier.isFinal(type.getModifiers())) {
            return Optional.of("the class is final");
        }
        if (type.isSealed()) {
            return Optional.of("the class is sealed");
        }
        if (Stream.of(type.getDeclaredConstructors()).noneMatch(ProxyDefect::isForProxies)) {
            return Optional.of("it has no non-private constructor without parameters");
        }
        return Stream.<Class<?>>iterate(type, each -> each != Object.class, Class::getSuperclass)
                .flatMap(each -> Stream.of(each.getDeclaredMethods()))
                .filter(ProxyDefect::isFinal)
                .findFirst()
                .map(method -> "its method " + method.getName() + " is final");
    }

    private static boolean isForProxies(Constructor<?> constructor) {
        return constructor.getParameterCount() == 0 && !Modifier.isPrivate(constructor.getModifiers());
    }

    private static boolean isFinal(Method method) {
        int modifiers = method.getModifiers();
        return Modifier.isFinal(modifiers) && !Modifier.isStatic(modifiers) && !Modifier.isPrivate(modifiers);
    }
}
