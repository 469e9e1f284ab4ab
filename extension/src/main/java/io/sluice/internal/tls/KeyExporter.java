package io.sluice.internal.tls;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Exports keying material of a session (RFC 5705; RFC 8446, 7.5). JSSE has a method for it since JDK 25, which is found by name. Bouncy Castle
 * has one too, but it works only inside its own callbacks. Thread-safe.
 */
public final class KeyExporter {

    private static final Optional<Method> EXPORT = method();

    private final ExtendedSSLSession session;
    private final Method export;

    private KeyExporter(ExtendedSSLSession session, Method export) {
        this.session = session;
        this.export = export;
    }

    private static Optional<Method> method() {
        try {
            return Optional.of(ExtendedSSLSession.class.getMethod(
                    "exportKeyingMaterialData", String.class, byte[].class, int.class));
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        }
    }

    /** The exporter of a session whose handshake is done; empty if it certainly has none. */
    static Optional<KeyExporter> of(SSLSession session) {
        return session instanceof ExtendedSSLSession extended
                ? EXPORT.map(export -> new KeyExporter(extended, export))
                : Optional.empty();
    }

    /**
     * Exports keying material.
     *
     * @param label the label, such as {@code EXPORTER-Channel-Binding}
     * @param context the context, which may be empty; null for none
     * @param length the number of bytes
     * @return the bytes; empty if the engine's provider cannot export
     * @throws SSLException if the provider can export, but not from this session
     */
    public Optional<byte[]> export(String label, byte @Nullable [] context, int length) throws SSLException {
        try {
            return Optional.of((byte[]) export.invoke(session, label, context, length));
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            if (cause instanceof UnsupportedOperationException) {
                return Optional.empty();
            }
            throw new SSLException("the engine exports no keys of this session: " + cause, cause);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("JSSE hides a public method", e);
        }
    }
}
