package io.sluice.internal.context;

import io.sluice.context.EngineRequest;
import io.sluice.context.SslContextException;
import io.sluice.context.SslContextSpecifier;
import io.sluice.internal.engine.EngineAdapter;
import io.sluice.internal.engine.JsseAdapter;
import io.sluice.internal.jsse.EngineRelease;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * An engine whose connection is counted as one of its context's generation until it is released.
 *
 * @param adapter an engine whose handshake has not begun
 * @param hold ends the counting
 */
public record HeldEngine(EngineAdapter adapter, Runnable hold) implements EngineAdapter {

    /**
     * Makes an engine. If its generation has ended meanwhile, because a reload replaced it, the next one is used.
     *
     * @param context makes the engine
     * @param request the side, the peer and the options of the connection
     * @return the engine, which belongs to the caller
     * @throws SslContextException if the context cannot be loaded, or has no usable key for the server side
     */
    public static HeldEngine of(SslContextSpecifier context, EngineRequest request) throws SslContextException {
        Optional<ReloadableContext> named = ReloadableContext.behind(context);
        return named.isPresent() ? ofNamed(named.get(), request) : ofOther(context, request);
    }

    /** The generation is held first, because its end frees what makes engines. */
    private static HeldEngine ofNamed(ReloadableContext context, EngineRequest request) throws SslContextException {
        request.refuseContextConfigurer(context.description());
        while (true) {
            Generation generation = context.loader().load();
            Optional<Runnable> hold = generation.hold();
            if (hold.isPresent()) {
                return of(generation, hold.get(), context.description(), request);
            }
            if (context.isClosed()) {
                throw new SslContextException(context.description() + " is closed, because its application has ended");
            }
        }
    }

    private static HeldEngine of(Generation generation, Runnable hold, String description, EngineRequest request)
            throws SslContextException {
        HeldEngine held;
        try {
            held = new HeldEngine(generation.snapshot().adapter(request, description), hold);
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

    /** A specifier of the application may pass the request on to a named context. */
    private static HeldEngine ofOther(SslContextSpecifier context, EngineRequest request) throws SslContextException {
        while (true) {
            SSLEngine engine = context.engine(request);
            EngineAdapter adapter = new JsseAdapter(engine, EngineRelease.of(engine));
            Optional<Generation> generation = EngineOrigins.of(engine);
            if (generation.isEmpty()) {
                return new HeldEngine(adapter, () -> {});
            }
            Optional<Runnable> hold = generation.get().hold();
            if (hold.isPresent()) {
                return new HeldEngine(adapter, hold.get());
            }
            adapter.release();
        }
    }

    @Override
    public SSLEngine engine() {
        return adapter.engine();
    }

    @Override
    public String provider() {
        return adapter.provider();
    }

    @Override
    public List<String> cipherSuites() {
        return adapter.cipherSuites();
    }

    @Override
    public List<String> groups() {
        return adapter.groups();
    }

    @Override
    public List<String> applicationProtocols() {
        return adapter.applicationProtocols();
    }

    @Override
    public boolean toleratesOtherProtocols() {
        return adapter.toleratesOtherProtocols();
    }

    @Override
    public boolean prefersDirectBuffers() {
        return adapter.prefersDirectBuffers();
    }

    @Override
    public boolean unwrapsSeveralRecords() {
        return adapter.unwrapsSeveralRecords();
    }

    @Override
    public void raiseAlert(Violation violation, ByteBuffer record) {
        adapter.raiseAlert(violation, record);
    }

    @Override
    public @Nullable SSLException heldBackFailure() {
        return adapter.heldBackFailure();
    }

    @Override
    public void release() {
        try {
            adapter.release();
        } finally {
            hold.run();
        }
    }
}
