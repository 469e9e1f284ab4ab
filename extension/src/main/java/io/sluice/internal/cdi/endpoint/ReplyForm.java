package io.sluice.internal.cdi.endpoint;

import io.sluice.internal.cdi.container.TypeVariables;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * What a method of messages returns. A result of the messages' own type is always one reply.
 *
 * @param shape what the result is
 * @param later whether it is the result of a stage
 * @param reply the type of a reply; {@code void} if there is none
 */
record ReplyForm(Shape shape, boolean later, Type reply) {

    /** How many replies a result has. */
    enum Shape {
        NONE,
        ONE,
        OPTIONAL,
        ITERABLE,
        STREAM
    }

    private static final Set<Class<?>> ITERABLES = Set.of(Iterable.class, Collection.class, List.class, Set.class);
    private static final Set<Class<?>> STAGES = Set.of(CompletionStage.class, CompletableFuture.class);

    static ReplyForm of(Type result, Type message) {
        Optional<Type> later = argument(result, STAGES);
        Type now = later.orElse(result);
        if (now == void.class || now == Void.class) {
            return new ReplyForm(Shape.NONE, later.isPresent(), void.class);
        }
        if (now.equals(message)) {
            return new ReplyForm(Shape.ONE, later.isPresent(), now);
        }
        return several(now, later.isPresent());
    }

    private static ReplyForm several(Type result, boolean later) {
        Optional<Type> optional = argument(result, Set.of(Optional.class));
        if (optional.isPresent()) {
            return new ReplyForm(Shape.OPTIONAL, later, optional.get());
        }
        Optional<Type> iterable = argument(result, ITERABLES);
        if (iterable.isPresent()) {
            return new ReplyForm(Shape.ITERABLE, later, iterable.get());
        }
        Optional<Type> stream = argument(result, Set.of(Stream.class));
        return stream.map(element -> new ReplyForm(Shape.STREAM, later, element))
                .orElseGet(() -> new ReplyForm(Shape.ONE, later, result));
    }

    /** The type's only argument, if it is one of these generic types. */
    private static Optional<Type> argument(Type type, Set<Class<?>> generic) {
        return type instanceof ParameterizedType parameterized && generic.contains(TypeVariables.raw(type))
                ? Optional.of(parameterized.getActualTypeArguments()[0])
                : Optional.empty();
    }
}
