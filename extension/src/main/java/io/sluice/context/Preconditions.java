package io.sluice.context;

import io.sluice.internal.Internal;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Checks of a caller's arguments.
 *
 * @hidden
 */
@Internal
public final class Preconditions {

    private Preconditions() {}

    static SSLContext notNull(@Nullable SSLContext context) {
        return Objects.requireNonNull(
                context, "the SSLContext is null. Pass a context, or use SslContextSpecifier.plain() for none");
    }

    static SSLParameters notNull(@Nullable SSLParameters parameters) {
        return Objects.requireNonNull(parameters, "the SSLParameters are null. Pass parameters, or omit the argument");
    }

    static SSLEngine notNull(@Nullable SSLEngine engine) {
        return Objects.requireNonNull(
                engine, "the SSLEngine is null. Pass an engine, or use SslContextSpecifier.plain() for none");
    }

    static String protocol(@Nullable String protocol) {
        return Objects.requireNonNull(protocol, "the protocol is null. Pass a version such as TLSv1.3");
    }

    /**
     * Rejects a configurer of contexts for a specifier that makes none.
     *
     * @param request the request of the connection
     * @param specifier the specifier
     */
    public static void refuseContextConfigurer(EngineRequest request, SslContextSpecifier specifier) {
        if (request.contextConfigurer().isPresent()) {
            throw new IllegalArgumentException("the initarg 'contextConfigurer' does not apply to "
                    + specifier.description()
                    + ". It configures a context made for the call, with SslContextSpecifier.defaults() or protocol()");
        }
    }
}
