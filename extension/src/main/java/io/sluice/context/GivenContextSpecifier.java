package io.sluice.context;

import io.sluice.internal.Internal;
import io.sluice.internal.jsse.EngineParameters;
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

    private final ContextSnapshot loaded;

    /**
     * A context with its own default parameters; clients check the host's name.
     *
     * @param context the context
     */
    public GivenContextSpecifier(SSLContext context) {
        this(Preconditions.notNull(context), EngineParameters.defaults(context));
    }

    /**
     * A context with parameters.
     *
     * @param context the context
     * @param parameters the parameters of both sides; servers check no host's name
     */
    public GivenContextSpecifier(SSLContext context, SSLParameters parameters) {
        this(Preconditions.notNull(context), EngineParameters.given(Preconditions.notNull(parameters)));
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
        Preconditions.refuseContextConfigurer(request, this);
        return loaded.engine(request, description());
    }
}
