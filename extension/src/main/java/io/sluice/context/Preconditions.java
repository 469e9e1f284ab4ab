package io.sluice.context;

import io.sluice.internal.Internal;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Checks of what a caller gave.
 *
 * @hidden
 */
@Internal
public final class Preconditions {

    private Preconditions() {}

    static SSLContext notNull(@Nullable SSLContext context) {
        return present(context, "the SSLContext is null: give a context, or SslContextSpecifier.plain() for none");
    }

    static SSLParameters notNull(@Nullable SSLParameters parameters) {
        return present(parameters, "the SSLParameters are null: give parameters, or leave the argument out");
    }

    static SSLEngine notNull(@Nullable SSLEngine engine) {
        return present(engine, "the SSLEngine is null: give an engine, or SslContextSpecifier.plain() for none");
    }

    static String protocol(@Nullable String protocol) {
        return present(protocol, "the protocol is null: give a version such as TLSv1.3");
    }

    /**
     * Rejects a configurer of contexts for a specifier that makes none.
     *
     * @param request what the connection asks for
     * @param specifier the specifier
     */
    public static void refuseContextConfigurer(EngineRequest request, SslContextSpecifier specifier) {
        if (request.contextConfigurer().isPresent()) {
            throw new IllegalArgumentException("the initarg contextConfigurer does not apply to "
                    + specifier.description()
                    + ": it configures a context made for the call, with SslContextSpecifier.defaults() or protocol()");
        }
    }

    private static <T> T present(@Nullable T value, String message) {
        if (value == null) {
            throw new NullPointerException(message);
        }
        return value;
    }
}
