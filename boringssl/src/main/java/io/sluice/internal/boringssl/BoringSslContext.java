package io.sluice.internal.boringssl;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.internal.tcnative.SSL;
import io.netty.util.concurrent.ImmediateExecutor;
import io.sluice.internal.engine.EngineAdapter;
import io.sluice.internal.engine.EngineContext;
import io.sluice.internal.engine.EngineMaterial;
import io.sluice.internal.engine.EngineOptions;
import io.sluice.internal.engine.TicketKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/**
 * Netty's contexts for one context of ours. BoringSSL fixes the side and the application protocols when a context is made, so there is one for
 * each side and list of protocols, and for each other way to check the peer.
 */
final class BoringSslContext implements EngineContext {

    /**
     * Hardly used, because Sluice gives its engines direct buffers. Pooled allocators keep their arenas with threads that outlive a
     * redeployment.
     */
    private static final UnpooledByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;

    /** More lists of protocols than this are hardly meant, and each costs native memory. */
    private static final int MOST_CONTEXTS = 32;

    /**
     * What one of Netty's contexts is for.
     *
     * @param client whether it is the client's side
     * @param alpn the application protocols, best first
     * @param checks how the peers are checked, if not as configured, because BoringSSL does not ask that before it resumes a session
     */
    private record Shape(boolean client, List<String> alpn, String checks) {}

    private final ContextRecipe recipe;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Map<Shape, ReferenceCountedOpenSslContext> contexts = Map.of();

    /** Guarded by the lock. */
    private boolean closed;

    private volatile ServerTickets tickets;

    private BoringSslContext(EngineMaterial material) {
        this.recipe = new ContextRecipe(material);
        this.tickets = ServerTickets.of(material);
    }

    /** Makes both sides at once, so that what BoringSSL refuses is found when the context is loaded. */
    static BoringSslContext of(EngineMaterial material) throws SSLException {
        BoringSslContext context = new BoringSslContext(material);
        try {
            List<String> alpn = context.recipe.configuredAlpn();
            context.retained(new Shape(false, alpn, "")).release();
            context.retained(new Shape(true, alpn, "")).release();
            return context;
        } catch (SSLException | RuntimeException | Error e) {
            context.close();
            throw e;
        }
    }

    @Override
    public EngineAdapter engine(EngineOptions options) throws SSLException {
        Shape shape = new Shape(options.client(), alpn(options.parameters()), options.checks());
        ReferenceCountedOpenSslContext context = retained(shape);
        try {
            return engine(context, shape, options);
        } finally {
            context.release(); // The engine keeps its context.
        }
    }

    /** Only engines of handlers decrypt several records at once, and encrypt all sources. */
    private EngineAdapter engine(ReferenceCountedOpenSslContext context, Shape shape, EngineOptions options) {
        SSLEngine engine = context.newHandler(
                        ALLOCATOR, options.peerHost(), options.peerPort(), ImmediateExecutor.INSTANCE)
                .engine();
        try {
            omitTickets(engine, options);
            configure(engine, options);
            return BoringSslEngine.counted(engine, context.cipherSuites(), recipe.groups(), shape.alpn());
        } catch (RuntimeException | Error e) {
            BoringSslEngine.free(engine);
            throw e;
        }
    }

    private static List<String> alpn(SSLParameters parameters) {
        String[] protocols = parameters.getApplicationProtocols();
        return protocols == null ? List.of() : List.of(protocols);
    }

    private void omitTickets(SSLEngine engine, EngineOptions options) {
        boolean ticketless =
                !tickets.sent() || recipe.limitsSessions() || !options.checks().isEmpty();
        if (!options.client() && ticketless) {
            SSL.setOptions(((ReferenceCountedOpenSslEngine) engine).sslPointer(), SSL.SSL_OP_NO_TICKET);
        }
    }

    /** Everything else is set in the context, because each parameter of an engine costs a native call. */
    private static void configure(SSLEngine engine, EngineOptions options) {
        SSLParameters wanted = options.parameters();
        List<SNIServerName> names = options.client() ? wanted.getServerNames() : null;
        boolean named = names != null && !names.isEmpty();
        boolean matching = !options.client()
                && wanted.getSNIMatchers() != null
                && !wanted.getSNIMatchers().isEmpty();
        if (!named && !matching) {
            return;
        }
        SSLParameters set = new SSLParameters();
        set.setUseCipherSuitesOrder(true);
        set.setEndpointIdentificationAlgorithm(wanted.getEndpointIdentificationAlgorithm());
        set.setNeedClientAuth(engine.getNeedClientAuth());
        if (!engine.getNeedClientAuth()) {
            set.setWantClientAuth(engine.getWantClientAuth());
        }
        if (named) {
            set.setServerNames(names);
        } else {
            set.setSNIMatchers(wanted.getSNIMatchers());
        }
        engine.setSSLParameters(set);
    }

    /** The context of a shape with one more reference, which the caller gives back. */
    private ReferenceCountedOpenSslContext retained(Shape shape) throws SSLException {
        ReferenceCountedOpenSslContext known = contexts.get(shape);
        if (known != null) {
            known.retain();
            return known;
        }
        lock.lock();
        try {
            if (closed) {
                throw new SSLException("the context is closed");
            }
            ReferenceCountedOpenSslContext raced = contexts.get(shape);
            if (raced != null) {
                raced.retain();
                return raced;
            }
            return made(shape);
        } finally {
            lock.unlock();
        }
    }

    /** Called under the lock. */
    private ReferenceCountedOpenSslContext made(Shape shape) throws SSLException {
        ReferenceCountedOpenSslContext made = recipe.make(shape.client(), shape.alpn());
        try {
            if (!shape.client()) {
                tickets.apply(made);
            }
            if (contexts.size() < MOST_CONTEXTS) {
                Map<Shape, ReferenceCountedOpenSslContext> more = new LinkedHashMap<>(contexts);
                more.put(shape, made);
                contexts = Map.copyOf(more);
                LiveObjects.CONTEXTS.incrementAndGet();
                made.retain();
            }
            return made;
        } catch (RuntimeException | Error e) {
            made.release();
            throw e;
        }
    }

    @Override
    public void exchange(TicketKeys keys) {
        lock.lock();
        try {
            tickets = tickets.with(keys);
            contexts.forEach((shape, context) -> {
                if (!shape.client()) {
                    tickets.apply(context);
                }
            });
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        Map<Shape, ReferenceCountedOpenSslContext> ended;
        lock.lock();
        try {
            closed = true;
            ended = contexts;
            contexts = Map.of();
        } finally {
            lock.unlock();
        }
        ended.values().forEach(context -> {
            LiveObjects.CONTEXTS.decrementAndGet();
            context.release();
        });
    }
}
