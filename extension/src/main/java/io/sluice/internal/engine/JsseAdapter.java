package io.sluice.internal.engine;

import java.nio.ByteBuffer;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Any engine, of which nothing is known but JSSE's interface: the JDK's, one of a JSSE provider, or one that the application has made. Where
 * engines differ, it tries all ways that are known.
 *
 * @param engine the engine
 * @param onRelease run once, when the engine is no longer used
 */
public record JsseAdapter(SSLEngine engine, Runnable onRelease) implements EngineAdapter {
    private static final byte[] ANY_RECORD = {23, 3, 3, 0, 1, 0};
    /** The JDK's engine rejects it at once, with unexpected_message. BoringSSL's engine waits for the rest. */
    private static final byte[] HEADER = {23, 3, 3, (byte) 0xff, (byte) 0xff};

    /** The names that are known. A provider may be registered after its first engine was made. */
    private static final ClassValue<AtomicReference<@Nullable String>> PROVIDERS = new ClassValue<>() {
        @Override
        protected AtomicReference<@Nullable String> computeValue(Class<?> engine) {
            return new AtomicReference<>();
        }
    };

    /** An engine does not name its provider, but providers are in the same package as their engines. */
    @Override
    public String provider() {
        Class<?> type = engine.getClass();
        AtomicReference<@Nullable String> holder = PROVIDERS.get(type);
        String known = holder.get();
        if (known != null) {
            return known;
        }
        for (Provider provider : Security.getProviders()) {
            if (provider.getClass().getPackageName().equals(type.getPackageName())) {
                holder.set(provider.getName());
                return provider.getName();
            }
        }
        return type.getSimpleName();
    }

    @Override
    public void raiseAlert(Violation violation, ByteBuffer record) {
        switch (violation) {
            case OVERLONG_RECORD ->
                // BoringSSL's engine waits for a whole record. The JDK's engine has only one alert.
                EngineAdapter.failureOf(
                        engine, ByteBuffer.wrap(Arrays.copyOf(HEADER, HEADER.length + LONGEST_FRAGMENT)));
            case RENEGOTIATION -> {
                // The JDK's engine must not see the record, because it would start to renegotiate. BoringSSL's engine
                // rejects a
                // renegotiation on the server side, with no_renegotiation. On the client side it would renegotiate.
                if (EngineAdapter.failureOf(engine, ByteBuffer.wrap(HEADER)) == null && !engine.getUseClientMode()) {
                    EngineAdapter.failureOf(engine, record);
                }
            }
            case UNEXPECTED_MESSAGE -> EngineAdapter.failureOf(engine, ByteBuffer.wrap(HEADER));
        }
    }

    @Override
    public @Nullable SSLException heldBackFailure() {
        return EngineAdapter.failureOf(engine, ByteBuffer.wrap(ANY_RECORD));
    }

    @Override
    public void release() {
        onRelease.run();
    }
}
