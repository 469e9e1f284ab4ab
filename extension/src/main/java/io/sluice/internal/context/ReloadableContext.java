package io.sluice.internal.context;

import io.sluice.context.ContextDescription;
import io.sluice.context.ContextSnapshot;
import io.sluice.context.EngineRequest;
import io.sluice.context.GenerationEnded;
import io.sluice.context.NamedSslContext;
import io.sluice.context.SslContextException;
import io.sluice.context.SslContextSpecifier;
import io.sluice.context.TlsTimeouts;
import io.sluice.internal.material.Material;
import io.sluice.internal.settings.ContextName;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A named context whose material is read once, at validation or at the first use, and again at each reload. Thread-safe.
 */
public final class ReloadableContext implements NamedSslContext {

    /** A specifier that stands for a named context. */
    public interface Reference {

        /**
         * The context.
         *
         * @return the context itself, not another reference
         */
        NamedSslContext context();
    }

    private final ContextName name;
    /** Each connection is labelled with it. */
    private final String description;

    private final ContextSource source;
    private final ContextLoader loader;
    private final Set<Generation> generations = ConcurrentHashMap.newKeySet();
    private final List<Consumer<Generation>> followers = new CopyOnWriteArrayList<>();
    private final SSLContext view;
    private final SSLSocketFactory socketFactory;
    private final SSLServerSocketFactory serverSocketFactory;
    private volatile @Nullable Instant nextLook;
    private volatile boolean closed;

    /**
     * A context that has not been loaded.
     *
     * @param name the context's name
     * @param source the source of its material
     */
    public ReloadableContext(ContextName name, ContextSource source) {
        this.name = name;
        this.description = name.toString();
        this.source = source;
        this.loader = new ContextLoader(this, name, source);
        this.socketFactory = new DelegatingSocketFactory(this);
        this.serverSocketFactory = new DelegatingServerSocketFactory(this);
        this.view = new DelegatingSslContext(this);
    }

    /**
     * Finds the context that a specifier is, or stands for.
     *
     * @param specifier any specifier
     * @return the context; empty for a specifier without a named context
     */
    public static Optional<ReloadableContext> behind(SslContextSpecifier specifier) {
        SslContextSpecifier known = specifier instanceof Reference reference ? reference.context() : specifier;
        return known instanceof ReloadableContext context ? Optional.of(context) : Optional.empty();
    }

    /**
     * Reads the material unless it has been read. If several threads call this, one reads. After a failure, the next call tries again.
     *
     * @return the current material
     * @throws SslContextException if it cannot be used, or if its load depends on itself, possibly through another thread
     */
    public ContextSnapshot load() throws SslContextException {
        return loader.load().snapshot();
    }

    /** The material in use; empty if none has been loaded. */
    Optional<ContextSnapshot> current() {
        return generation().map(Generation::snapshot);
    }

    /**
     * The generation in use.
     *
     * @return the generation; empty if nothing has been loaded
     */
    public Optional<Generation> generation() {
        return Optional.ofNullable(loader.current());
    }

    /**
     * Reads the material again. Views of this context use the new material from now on. Open connections keep the old. Calls at the same
     * time share one reload.
     *
     * @throws SslContextException if the new material cannot be used; the old stays in use, and the message says when it was loaded
     */
    public void reload() throws SslContextException {
        loader.reload();
    }

    ContextLoader loader() {
        return loader;
    }

    /**
     * Tests whether the engines of this context are faster with direct buffers, and so with channels.
     *
     * @return false also if the context cannot be loaded
     */
    public boolean prefersDirectBuffers() {
        try {
            return load().engines().isPresent();
        } catch (SslContextException | RuntimeException e) {
            return false; // Each connection reports it.
        }
    }

    /**
     * Registers an action for each new generation.
     *
     * @param follower called with the newest generation after it is in use, on the thread that reloads; returns at once and does not throw
     * @return ends the registration
     */
    public Runnable follow(Consumer<Generation> follower) {
        followers.add(follower);
        return () -> followers.remove(follower);
    }

    /** A generation is about to be used. */
    void started(Generation generation) {
        generations.add(generation);
        if (closed) {
            generation.close();
        }
    }

    /** The application has ended: what makes engines outside the heap is freed with the last connection. */
    void close() {
        closed = true;
        generations.forEach(Generation::close);
    }

    /** A generation is used in place of another one. */
    void replaced(Generation before, Generation after) {
        Generation newest = generation().orElse(after);
        followers.forEach(follower -> follower.accept(newest));
        before.replace();
    }

    /** No stream uses an old generation any more. Called by the thread that ends the last stream, which may hold the stream's locks. */
    void ended(Generation generation) {
        generations.remove(generation);
        long now = generation().map(Generation::number).orElse(0L);
        loader.observer()
                .fireLater(name(), GenerationEnded.class, new ContextEvents.Ended(name(), generation.number(), now));
    }

    void looksNext(@Nullable Instant time) {
        nextLook = time;
    }

    /**
     * Describes this context as it is now.
     *
     * @return the description
     */
    public ContextDescription describe() {
        return describe(loader.current());
    }

    ContextDescription describe(@Nullable Generation generation) {
        Optional<Material> material = Optional.ofNullable(generation)
                .flatMap(known -> known.snapshot().material());
        SortedMap<Long, Integer> connections = new TreeMap<>();
        generations.forEach(known -> connections.put(known.number(), known.connections()));
        connections.values().removeIf(count -> count == 0);
        return new DescribedContext(
                name(),
                generation == null ? 0 : generation.number(),
                Optional.ofNullable(generation).map(Generation::loadedAt),
                Optional.ofNullable(nextLook),
                DescribedContext.keysOf(material),
                DescribedContext.anchorsOf(material),
                loader.sources().files().entrySet().stream()
                        .filter(file -> file.getValue().isShown())
                        .map(file -> file.getKey().toString())
                        .toList(),
                loader.problems(),
                Collections.unmodifiableSortedMap(connections));
    }

    /**
     * Tests whether the material can be checked during deployment.
     *
     * @return false for a context that the application makes or has callbacks for
     */
    public boolean readyAtDeployment() {
        return source.readyAtDeployment();
    }

    /**
     * Tests whether the material depends on beans of the application.
     *
     * @return true if it can be loaded only while the application runs
     */
    public boolean needsBeans() {
        return source.needsBeans();
    }

    boolean loadsOnAnyThread() {
        return source.loadsOnAnyThread();
    }

    @Override
    public String name() {
        return name.value();
    }

    @Override
    public String description() {
        return description;
    }

    /** {@inheritDoc} A context that cannot be loaded counts as one with TLS. */
    @Override
    public boolean isPlain() {
        try {
            return load().isPlain();
        } catch (SslContextException e) {
            return false;
        }
    }

    /** {@inheritDoc} The defaults if the context cannot be loaded. */
    @Override
    public TlsTimeouts timeouts() {
        try {
            return load().timeouts();
        } catch (SslContextException e) {
            return TlsTimeouts.DEFAULT;
        }
    }

    @Override
    public SSLEngine engine(EngineRequest request) throws SslContextException {
        request.refuseContextConfigurer(description());
        Generation generation = loader.load();
        SSLEngine engine = generation.snapshot().engine(request, description());
        EngineOrigins.put(engine, generation);
        return engine;
    }

    /** Makes the engine of a connection that Sluice drives. The generation is held first, because its end frees what makes engines. */
    HeldEngine held(EngineRequest request) throws SslContextException {
        request.refuseContextConfigurer(description());
        while (true) {
            Generation generation = loader.load();
            Optional<Runnable> hold = generation.hold();
            if (hold.isPresent()) {
                return held(request, generation, hold.get());
            }
            if (closed) {
                throw new SslContextException(description() + " is closed, because its application has ended");
            }
        }
    }

    private HeldEngine held(EngineRequest request, Generation generation, Runnable hold) throws SslContextException {
        HeldEngine held;
        try {
            held = new HeldEngine(generation.snapshot().adapter(request, description()), hold);
        } catch (SslContextException | RuntimeException | Error e) {
            hold.run();
            throw e;
        }
        try {
            EngineOrigins.put(held.engine(), generation);
            return held;
        } catch (RuntimeException | Error e) {
            held.release();
            throw e;
        }
    }

    @Override
    public SSLContext sslContext() {
        return view;
    }

    @Override
    public SSLSocketFactory socketFactory() {
        return socketFactory;
    }

    @Override
    public SSLServerSocketFactory serverSocketFactory() {
        return serverSocketFactory;
    }

    @Override
    public SSLParameters parameters() {
        return loaded().clientParameters();
    }

    /** The current material, for methods that cannot throw checked exceptions. */
    ContextSnapshot loaded() {
        try {
            return load();
        } catch (SslContextException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return description();
    }
}
