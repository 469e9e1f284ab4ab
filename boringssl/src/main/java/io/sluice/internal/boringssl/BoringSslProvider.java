package io.sluice.internal.boringssl;

import io.sluice.internal.engine.EngineContext;
import io.sluice.internal.engine.EngineMaterial;
import io.sluice.internal.engine.EngineProvider;
import io.sluice.internal.settings.Problem;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;

/** Makes engines of BoringSSL. Refers to Netty only from methods, so that it can be loaded without it. */
public final class BoringSslProvider implements EngineProvider {

    /** Used by the service loader. */
    public BoringSslProvider() {}

    @Override
    public String name() {
        return "boringssl";
    }

    @Override
    public Optional<Unavailable> unavailable() {
        try {
            return NativeLibrary.unavailable();
        } catch (LinkageError e) {
            return Optional.of(
                    new Unavailable(
                            "Netty's classes are missing (" + e.getMessage() + ")",
                            "Add io.netty:netty-handler and io.netty:netty-tcnative-classes, on which sluice-boringssl depends"));
        }
    }

    @Override
    public List<Problem> problems(EngineMaterial material) {
        return new Unsupported(material).problems();
    }

    /** Netty names no others to a key manager. */
    @Override
    public Set<String> clientKeys() {
        return Set.of("RSA", "EC");
    }

    @Override
    public EngineContext context(EngineMaterial material) throws GeneralSecurityException {
        try {
            return BoringSslContext.of(material);
        } catch (SSLException e) {
            throw new GeneralSecurityException("BoringSSL refuses the context: " + e.getMessage(), e);
        }
    }
}
