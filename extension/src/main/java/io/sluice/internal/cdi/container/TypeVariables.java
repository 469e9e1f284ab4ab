package io.sluice.internal.cdi.container;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The type variables of a class's supertypes, with their arguments. Immutable. */
public final class TypeVariables {

    private final Map<TypeVariable<?>, Type> arguments = new HashMap<>();

    private TypeVariables() {}

    public static TypeVariables of(Class<?> type) {
        TypeVariables variables = new TypeVariables();
        variables.collect(type);
        return variables;
    }

    private void collect(@Nullable Type type) {
        if (type instanceof ParameterizedType generic) {
            TypeVariable<?>[] variables = ((Class<?>) generic.getRawType()).getTypeParameters();
            for (int i = 0; i < variables.length; i++) {
                arguments.put(variables[i], generic.getActualTypeArguments()[i]);
            }
            collect(generic.getRawType());
        } else if (type instanceof Class<?> plain) {
            collect(plain.getGenericSuperclass());
            Stream.of(plain.getGenericInterfaces()).forEach(this::collect);
        }
    }

    /** A member's type with the class's arguments. Variables without an argument remain. */
    public Type resolved(Type type) {
        if (type instanceof TypeVariable<?> variable) {
            Type known = arguments.get(variable);
            return known == null ? variable : resolved(known);
        } else if (type instanceof ParameterizedType generic) {
            List<Type> arguments = Stream.of(generic.getActualTypeArguments())
                    .map(this::resolved)
                    .toList();
            return arguments.equals(List.of(generic.getActualTypeArguments()))
                    ? generic
                    : new Resolved(generic.getRawType(), generic.getOwnerType(), arguments);
        }
        return type;
    }

    /** The class of a member's type. A variable without an argument takes its bound. */
    public Class<?> erased(Type type) {
        Type known = resolved(type);
        if (known instanceof TypeVariable<?> variable) {
            return erased(variable.getBounds()[0]);
        } else if (known instanceof WildcardType wildcard) {
            return erased(wildcard.getUpperBounds()[0]);
        } else if (known instanceof GenericArrayType array) {
            return Array.newInstance(erased(array.getGenericComponentType()), 0).getClass();
        }
        return raw(known);
    }

    /** A generic type with one argument. */
    public static ParameterizedType generic(Class<?> raw, Type argument) {
        return new Resolved(raw, null, List.of(argument));
    }

    /** The class of a bean type. */
    public static Class<?> raw(Type type) {
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
    }

    private record Resolved(Type rawType, @Nullable Type ownerType, List<Type> arguments) implements ParameterizedType {

        @Override
        public Type[] getActualTypeArguments() {
            return arguments.toArray(Type[]::new);
        }

        @Override
        public Type getRawType() {
            return rawType;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return ownerType;
        }

        @Override
        public String toString() {
            return rawType.getTypeName()
                    + arguments.stream().map(Type::getTypeName).toList();
        }
    }
}
