package io.sluice.context;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** A context that the application made. */
final class GivenContext implements SslContextSpecifier, Loadable {

    private final LoadedContext loaded;

    GivenContext(SSLContext context) {
        this(Given.notNull(context), EngineParameters.defaults(context));
    }

    GivenContext(SSLContext context, SSLParameters parameters) {
        this(Given.notNull(context), EngineParameters.given(Given.notNull(parameters)));
    }

    private GivenContext(SSLContext context, EngineParameters parameters) {
        this.loaded = LoadedContext.of(context, parameters, ServerKey.assumed());
    }

    @Override
    public LoadedContext loaded() {
        return loaded;
    }

    @Override
    public String description() {
        return "the given SSLContext";
    }

    @Override
    public boolean isPlain() {
        return false;
    }

    @Override
    public TlsTimeouts timeouts() {
        return TlsTimeouts.DEFAULT;
    }

    @Override
    public SSLEngine engine(EngineRequest request) throws SslContextException {
        Given.refuseContextConfigurer(request, this);
        return loaded.engine(request, description());
    }
}
