package io.sluice.server;

import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a server started from code does: the keys of LispWorks' {@code start-up-server}. Immutable.
 *
 * @param streamClass the class of the streams
 * @param function serves each stream
 * @param context the name of the SSL context
 * @param settings how to listen
 * @param announce is told the server, or why it did not start; the other is null
 * @param initargs the arguments of each creation
 * @param <S> the stream class
 */
public record ServerStart<S extends SocketStream>(
        Class<S> streamClass,
        StreamFunction<S> function,
        String context,
        ServerSettings settings,
        BiConsumer<@Nullable SocketServer, @Nullable Exception> announce,
        List<Initarg> initargs) {

    /**
     * Copies the initargs, and refuses those that cannot be.
     *
     * @param streamClass the class of the streams
     * @param function serves each stream
     * @param context the name of the SSL context
     * @param settings how to listen
     * @param announce is told the outcome
     * @param initargs the arguments of each creation
     */
    public ServerStart {
        Objects.requireNonNull(streamClass, "streamClass");
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(announce, "announce");
        initargs = List.copyOf(initargs);
        initargs.forEach(Initarg::value); // There is no socket yet that a creation would have to close.
    }

    /**
     * A server of streams on a free port of loopback, named after its context.
     *
     * @param context the name of the SSL context; {@code none} is no TLS
     * @param streamClass the class of the streams
     * @param function serves each stream
     * @param <S> the stream class
     * @return what to start
     */
    public static <S extends SocketStream> ServerStart<S> of(
            String context, Class<S> streamClass, StreamFunction<S> function) {
        return new ServerStart<>(
                streamClass,
                function,
                context,
                ServerSettings.named(context).build(),
                (server, failure) -> {},
                List.of());
    }

    /**
     * The same, listening otherwise.
     *
     * @param name the server's name, after which its threads are called
     * @param changes sets what is not to be as {@link ServerSettings#named} has it
     * @return what to start
     */
    public ServerStart<S> listening(String name, UnaryOperator<ServerSettings.Builder> changes) {
        ServerSettings changed = changes.apply(ServerSettings.named(name)).build();
        return new ServerStart<>(streamClass, function, context, changed, announce, initargs);
    }

    /**
     * The same, telling its start.
     *
     * @param told called once, by the thread that starts it: with the server and null, or with null and the failure
     * @return what to start
     */
    public ServerStart<S> announcing(BiConsumer<@Nullable SocketServer, @Nullable Exception> told) {
        return new ServerStart<>(streamClass, function, context, settings, told, initargs);
    }

    /**
     * The same, with arguments for each creation.
     *
     * @param arguments the initargs
     * @return what to start
     * @throws IllegalArgumentException if one cannot be: names it
     */
    public ServerStart<S> with(Initarg... arguments) {
        return new ServerStart<>(streamClass, function, context, settings, announce, List.of(arguments));
    }
}
