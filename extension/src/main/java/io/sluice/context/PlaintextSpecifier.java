package io.sluice.context;

import javax.net.ssl.SSLEngine;

/** Plaintext, without TLS. */
enum PlaintextSpecifier implements SslContextSpecifier, HasSnapshot {
    PLAIN;

    @Override
    public String description() {
        return "the plain context";
    }

    @Override
    public boolean isPlain() {
        return true;
    }

    @Override
    public SSLEngine engine(EngineRequest request) {
        throw new IllegalStateException("plaintext has no SSLEngine. Call isPlain() first");
    }

    @Override
    public ContextSnapshot loaded() {
        return ContextSnapshot.plain();
    }
}
