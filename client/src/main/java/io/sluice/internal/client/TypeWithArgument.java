package io.sluice.internal.client;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * A type with one argument, to look up beans.
 *
 * @param raw the class
 * @param argument the argument
 */
record TypeWithArgument(Class<?> raw, Type argument) implements ParameterizedType {

    @Override
    public Type[] getActualTypeArguments() {
        return new Type[] {argument};
    }

    @Override
    public Type getRawType() {
        return raw;
    }

    @Override
    public @Nullable Type getOwnerType() {
        return null;
    }

    @Override
    public String toString() {
        return raw.getSimpleName() + "<" + argument.getTypeName() + ">";
    }
}
