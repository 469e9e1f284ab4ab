package io.sluice.internal.cdi.endpoint;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * An instance method that is called without reflection, so that fewer frames lie on the stack of each connection. The JDK generates a class
 * that calls a method with one parameter. Other methods are called through a handle.
 */
final class PreparedMethod {

    private static final MethodType SPREAD = MethodType.methodType(Object.class, Object.class, Object[].class);
    private static final MethodType PAIR = MethodType.methodType(void.class, Object.class, Object.class);
    private static final MethodType REPLYING = MethodType.methodType(Object.class, Object.class, Object.class);

    private final MethodHandle spread;
    private final @Nullable BiConsumer<Object, Object> direct;
    private final @Nullable BiFunction<Object, Object, @Nullable Object> replying;

    private PreparedMethod(
            MethodHandle handle,
            @Nullable BiConsumer<Object, Object> direct,
            @Nullable BiFunction<Object, Object, @Nullable Object> replying) {
        this.spread = handle.asSpreader(Object[].class, handle.type().parameterCount() - 1)
                .asType(SPREAD);
        this.direct = direct;
        this.replying = replying;
    }

    static PreparedMethod of(Method method) {
        method.setAccessible(true);
        try {
            MethodHandle handle = MethodHandles.lookup().unreflect(method).asFixedArity();
            boolean single = method.getParameterCount() == 1;
            return new PreparedMethod(handle, single ? direct(method) : null, single ? replying(method) : null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(method + " is not accessible", e);
        }
    }

    @SuppressWarnings("unchecked") // The parameters are checked by casts in the generated class.
    private static @Nullable BiConsumer<Object, Object> direct(Method method) {
        return (BiConsumer<Object, Object>) generated(method, BiConsumer.class, "accept", PAIR, void.class);
    }

    /** The JDK does not generate a call that makes null of nothing. */
    @SuppressWarnings("unchecked") // The parameters are checked by casts in the generated class.
    private static @Nullable BiFunction<Object, Object, @Nullable Object> replying(Method method) {
        Class<?> result = method.getReturnType();
        return result.isPrimitive()
                ? null
                : (BiFunction<Object, Object, @Nullable Object>)
                        generated(method, BiFunction.class, "apply", REPLYING, result);
    }

    /** Null if the class must be called in another way, such as that of a module that is open only for reflection. */
    private static @Nullable Object generated(
            Method method, Class<?> type, String name, MethodType erased, Class<?> result) {
        if (Modifier.isPrivate(method.getModifiers())) {
            return null;
        }
        try {
            Lookup lookup = MethodHandles.privateLookupIn(method.getDeclaringClass(), MethodHandles.lookup());
            MethodHandle handle = lookup.unreflect(method);
            return LambdaMetafactory.metafactory(
                            lookup,
                            name,
                            MethodType.methodType(type),
                            erased,
                            handle,
                            handle.type().changeReturnType(result))
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

    /** Returns a call of a method with one parameter that has a result; null if there is none. It throws the method's exceptions. */
    @Nullable
    BiFunction<Object, Object, @Nullable Object> replying() {
        return replying;
    }

    /** Calls the method, and returns its result, or null if it has none. */
    @Nullable
    Object call(Object instance, Object[] arguments) throws Throwable {
        return (Object) spread.invokeExact(instance, arguments);
    }
}
