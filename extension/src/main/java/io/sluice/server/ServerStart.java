package io.sluice.server;

import io.sluice.internal.Internal;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A server to start from code: the keys of LispWorks' {@code start-up-server}. Immutable and thread-safe. Made by {@link #of}; each other
 * method returns a copy with one thing changed.
 *
 * @param <S> the stream class
 */
public final class ServerStart<S extends SocketStream> {

    private final Class<S> streamClass;
    private final StreamFunction<S> function;
    private final String context;
    private final ServerSettings settings;
    private final Consumer<? super Outcome> listener;
    private final List<Initarg> initargs;

    private ServerStart(
            Class<S> streamClass,
            StreamFunction<S> function,
            String context,
            ServerSettings settings,
            Consumer<? super Outcome> listener,
            List<Initarg> initargs) {
        this.streamClass = Objects.requireNonNull(streamClass, "streamClass");
        this.function = Objects.requireNonNull(function, "function");
        this.context = Objects.requireNonNull(context, "context");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.listener = Objects.requireNonNull(listener, "listener");
        this.initargs = List.copyOf(initargs);
        initargs.forEach(Initarg::value); // There is no socket yet that a creation would have to close.
    }

    /** The outcome of a start: the server, or why it did not start. */
    public sealed interface Outcome {

        /**
         * The server listens.
         *
         * @param server the server
         */
        record Started(SocketServer server) implements Outcome {}

        /**
         * The server did not start.
         *
         * @param cause the reason, which {@code startUp} throws as well
         */
        record Failed(Exception cause) implements Outcome {}
    }

    /**
     * A server of streams on a free port of the loopback address, named after its context.
     *
     * @param context the name of the SSL context; {@code none} is plaintext
     * @param streamClass the class of the streams
     * @param function serves each stream
     * @param <S> the stream class
     * @return what to start
     */
    public static <S extends SocketStream> ServerStart<S> of(
            String context, Class<S> streamClass, StreamFunction<S> function) {
        ServerSettings settings = ServerSettings.named(context).build();
        return new ServerStart<>(streamClass, function, context, settings, outcome -> {}, List.of());
    }

    /**
     * Sets where and how to listen.
     *
     * @param name the server's name, which its threads have too
     * @param changes changes what differs from {@link ServerSettings#named}
     * @return the copy
     */
    public ServerStart<S> listening(String name, UnaryOperator<ServerSettings.Builder> changes) {
        return listening(changes.apply(ServerSettings.named(name)).build());
    }

    /**
     * Sets where and how to listen.
     *
     * @param changed the settings
     * @return the copy
     */
    public ServerStart<S> listening(ServerSettings changed) {
        return new ServerStart<>(streamClass, function, context, changed, listener, initargs);
    }

    /**
     * Sets who is notified of the outcome.
     *
     * @param announced called once, on the thread that starts the server
     * @return the copy
     */
    public ServerStart<S> announcing(Consumer<? super Outcome> announced) {
        return new ServerStart<>(streamClass, function, context, settings, announced, initargs);
    }

    /**
     * Sets the arguments of each creation.
     *
     * @param arguments the initargs
     * @return the copy
     * @throws IllegalArgumentException if an initarg is invalid; the message names it
     */
    public ServerStart<S> with(Initarg... arguments) {
        return new ServerStart<>(streamClass, function, context, settings, listener, List.of(arguments));
    }

    /** {@return the class of the streams} */
    public Class<S> streamClass() {
        return streamClass;
    }

    /** {@return what serves each stream} */
    public StreamFunction<S> function() {
        return function;
    }

    /** {@return the name of the SSL context} */
    public String context() {
        return context;
    }

    /** {@return where and how to listen} */
    public ServerSettings settings() {
        return settings;
    }

    /** {@return the arguments of each creation} */
    public List<Initarg> initargs() {
        return initargs;
    }

    /**
     * Notifies the listener of the start.
     *
     * @param outcome the outcome
     * @hidden
     */
    @Internal
    public void announce(Outcome outcome) {
        listener.accept(outcome);
    }
}
