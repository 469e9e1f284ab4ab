package io.sluice.internal.client;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.client.ConnectionCheck;
import io.sluice.internal.config.ClientSettings;
import io.sluice.message.CorrelatedCodec;
import io.sluice.message.FrameCodec;
import io.sluice.message.NamedFrames;
import io.sluice.stream.SocketStream;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The clients of one application. Each is made when it is first asked for, or when the application starts. Thread-safe. */
final class Clients {

    private final Map<String, ClientDeclaration> declarations;
    private final Map<String, ClientSettings> settings;
    private final ClientBeans beans;

    @GuardedBy("this")
    private final Map<String, RunningClient> running = new TreeMap<>();

    @GuardedBy("this")
    private @Nullable Upkeep upkeep;

    @GuardedBy("this")
    private boolean ended;

    Clients(Map<String, ClientDeclaration> declarations, Map<String, ClientSettings> settings, ClientBeans beans) {
        this.declarations = Map.copyOf(declarations);
        this.settings = Map.copyOf(settings);
        this.beans = beans;
    }

    synchronized Object face(String name) {
        RunningClient known = running.get(name);
        if (known == null) {
            known = make(name);
            if (ended) {
                known.end();
            }
            running.put(name, known);
        }
        return known.face();
    }

    private RunningClient make(String name) {
        ClientDeclaration declaration = Objects.requireNonNull(declarations.get(name), name);
        ClientSettings known = Objects.requireNonNull(settings.get(name), name);
        return declaration.isOfStreams()
                ? ofStreams(known, declaration.streamClass().orElseThrow())
                : ofMessages(known, declaration.argument().orElseThrow());
    }

    private <S extends SocketStream> RunningClient ofStreams(ClientSettings known, Class<S> streamClass) {
        ConnectionSource<S> source = source(known, streamClass);
        ConnectionPool<S> pool = new ConnectionPool<>(source);
        return RunningClient.ofPool(new PooledStreamClient<>(pool), source, pool);
    }

    @SuppressWarnings("unchecked") // the bean was found by the type of the messages
    private RunningClient ofMessages(ClientSettings known, Type message) {
        FrameCodec<Object> codec = (FrameCodec<Object>) codec(known, message);
        ConnectionSource<SocketStream> source = source(known, SocketStream.class);
        if (known.pool().shared() && codec instanceof CorrelatedCodec<Object> correlated) {
            return RunningClient.ofShared(new SharedMessageClient<>(source, correlated), source);
        }
        ConnectionPool<SocketStream> pool = new ConnectionPool<>(source);
        return RunningClient.ofPool(new PooledMessageClient<>(pool, source, codec), source, pool);
    }

    private FrameCodec<?> codec(ClientSettings known, Type message) {
        return known.frames()
                .named()
                .flatMap(frames -> NamedFrames.codec(frames, message))
                .orElseGet(() -> (FrameCodec<?>) beans.reference(
                        new TypeWithArgument(FrameCodec.class, message),
                        beans.codec(known.name(), message).orElseThrow()));
    }

    @SuppressWarnings("unchecked") // the bean was found by the class of the streams
    private <S extends SocketStream> ConnectionSource<S> source(ClientSettings known, Class<S> streamClass) {
        Optional<ConnectionCheck<S>> check = beans.check(known.name(), streamClass)
                .map(bean -> (ConnectionCheck<S>)
                        beans.reference(new TypeWithArgument(ConnectionCheck.class, streamClass), bean));
        return new ConnectionSource<>(known, streamClass, beans.connector(known.ssl()), check);
    }

    /** Called once for each archive. */
    synchronized void start() {
        if (upkeep == null && !ended && !declarations.isEmpty()) {
            declarations.keySet().forEach(this::face);
            upkeep = Upkeep.start(this::running);
        }
    }

    synchronized Collection<RunningClient> running() {
        return List.copyOf(running.values());
    }

    synchronized void contextReloaded() {
        if (upkeep != null) {
            upkeep.lookNow();
        }
    }

    void stop() {
        List<RunningClient> last = new ArrayList<>();
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            if (upkeep != null) {
                upkeep.stop();
            }
            last.addAll(running.values());
        }
        last.forEach(RunningClient::end);
        beans.release();
    }
}
