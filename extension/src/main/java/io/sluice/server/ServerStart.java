package io.sluice.server;

import io.sluice.internal.Internal;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A server to start from code: the keyword arguments of LispWorks' {@code start-up-server}. Immutable and thread-safe. Created by {@link
 * #of}; the other methods return a copy with one change.
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
        initargs.forEach(Initarg::value); // Rejects invalid ones now: there is no socket yet that must be closed.
    }

    /** The outcome of a start: the server, or the reason for a failure. */
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
     * Describes a server of streams on a free port of the loopback address, named after its context.
     *
     * @param context the name of the SSL context; {@code none} is plaintext
     * @param streamClass the class of the streams
     * @param function serves each stream
     * @param <S> the stream class
     * @return the server to start
     */
    public static <S extends SocketStream> ServerStart<S> of(
            String context, Class<S> streamClass, StreamFunction<S> function) {
        ServerSettings settings = ServerSettings.named(context).build();
        return new ServerStart<>(streamClass, function, context, settings, outcome -> {}, List.of());
    }

    /**
     * Sets the name and the settings of the server.
     *
     * @param name the server's name, which its threads have too
     * @param changes changes the defaults of {@link ServerSettings#named}
     * @return the copy
     */
    public ServerStart<S> listening(String name, UnaryOperator<ServerSettings.Builder> changes) {
        return listening(changes.apply(ServerSettings.named(name)).build());
    }

    /**
     * Sets the settings of the server.
     *
     * @param changed the settings
     * @return the copy
     */
    public ServerStart<S> listening(ServerSettings changed) {
        return new ServerStart<>(streamClass, function, context, changed, listener, initargs);
    }

    /**
     * Sets a listener for the outcome.
     *
     * @param announced is called once, on the thread that starts the server
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
     * @throws NullPointerException if an initarg or its value is null
     */
    public ServerStart<S> with(Initarg... arguments) {
        return new ServerStart<>(streamClass, function, context, settings, listener, List.of(arguments));
    }

    /** {@return the class of the streams} */
    public Class<S> streamClass() {
        return streamClass;
    }

    /** {@return the function that serves each stream} */
    public StreamFunction<S> function() {
        return function;
    }

    /** {@return the name of the SSL context} */
    public String context() {
        return context;
    }

    /** {@return the settings of the server} */
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
