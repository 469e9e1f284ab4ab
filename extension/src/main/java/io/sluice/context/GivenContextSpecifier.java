package io.sluice.context;

import io.sluice.internal.Internal;
import io.sluice.internal.jsse.EngineParameters;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * A context that the application made.
 *
 * @hidden
 */
@Internal
public final class GivenContextSpecifier implements SslContextSpecifier, HasSnapshot {

    private static final String CONTEXT_IS_NULL =
            "the SSLContext is null. Pass a context, or use SslContextSpecifier.plain() for none";

    private final ContextSnapshot loaded;

    /**
     * A context with its own default parameters; clients check the host's name.
     *
     * @param context the context
     */
    public GivenContextSpecifier(SSLContext context) {
        this(Objects.requireNonNull(context, CONTEXT_IS_NULL), EngineParameters.defaults(context));
    }

    /**
     * A context with parameters.
     *
     * @param context the context
     * @param parameters the parameters of both sides; servers check no host's name
     */
    public GivenContextSpecifier(SSLContext context, SSLParameters parameters) {
        this(
                Objects.requireNonNull(context, CONTEXT_IS_NULL),
                EngineParameters.given(Objects.requireNonNull(
                        parameters, "the SSLParameters are null. Pass parameters, or omit the argument")));
    }

    private GivenContextSpecifier(SSLContext context, EngineParameters parameters) {
        this.loaded = ContextSnapshot.of(context, parameters, ServerKey.assumed());
    }

    @Override
    public ContextSnapshot loaded() {
        return loaded;
    }

    @Override
    public String description() {
        return "the given SSLContext";
    }

    @Override
    public SSLEngine engine(EngineRequest request) throws SslContextException {
        request.refuseContextConfigurer(description());
        return loaded.engine(request, description());
    }
}
