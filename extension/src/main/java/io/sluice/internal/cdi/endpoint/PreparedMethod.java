package io.sluice.internal.cdi.endpoint;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An instance method that is called without reflection, so that fewer frames lie on the stack of each connection. The JDK generates a class
 * that calls a method with one parameter. Other methods are called through a handle.
 */
final class PreparedMethod {

    private static final MethodType SPREAD = MethodType.methodType(void.class, Object.class, Object[].class);
    private static final MethodType PAIR = MethodType.methodType(void.class, Object.class, Object.class);

    private final MethodHandle spread;
    private final @Nullable BiConsumer<Object, Object> direct;

    private PreparedMethod(MethodHandle handle, @Nullable BiConsumer<Object, Object> direct) {
        this.spread = handle.asSpreader(Object[].class, handle.type().parameterCount() - 1)
                .asType(SPREAD);
        this.direct = direct;
    }

    static PreparedMethod of(Method method) {
        method.setAccessible(true);
        try {
            MethodHandle handle = MethodHandles.lookup().unreflect(method).asFixedArity();
            return new PreparedMethod(handle, method.getParameterCount() == 1 ? direct(method) : null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(method + " is not accessible", e);
        }
    }

    /** Null if the class must be called in another way, such as that of a module that is open only for reflection. */
    @SuppressWarnings("unchecked") // The parameters are checked by casts in the generated class.
    private static @Nullable BiConsumer<Object, Object> direct(Method method) {
        if (Modifier.isPrivate(method.getModifiers())) {
            return null;
        }
        try {
            Lookup lookup = MethodHandles.privateLookupIn(method.getDeclaringClass(), MethodHandles.lookup());
            MethodHandle handle = lookup.unreflect(method);
            return (BiConsumer<Object, Object>) LambdaMetafactory.metafactory(
                            lookup,
                            "accept",
                            MethodType.methodType(BiConsumer.class),
                            PAIR,
                            handle,
                            handle.type().changeReturnType(void.class))
                    .getTarget()
                    .invoke();
        } catch (Throwable e) {
            return null;
        }
    }

    /** Returns a call of a method with one parameter; null if there is none. It throws the method's exceptions. */
    @Nullable
    BiConsumer<Object, Object> direct() {
        return direct;
    }

    void call(Object instance, Object[] arguments) throws Throwable {
        spread.invokeExact(instance, arguments);
    }
}
