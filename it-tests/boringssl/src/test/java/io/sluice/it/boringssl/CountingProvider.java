package io.sluice.it.boringssl;

import io.sluice.internal.boringssl.BoringSslProvider;
import io.sluice.internal.engine.EngineAdapter;
import io.sluice.internal.engine.EngineContext;
import io.sluice.internal.engine.EngineMaterial;
import io.sluice.internal.engine.EngineOptions;
import io.sluice.internal.engine.EngineProvider;
import io.sluice.internal.engine.TicketKeys;
import io.sluice.internal.settings.Problem;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;

/**
 * The provider of the jar, which counts the engines that are made for connections. It is found first, because the classes of the module's
 * tests precede the jars.
 */
public final class CountingProvider implements EngineProvider {

    static final AtomicInteger ENGINES = new AtomicInteger();

    /** When a context is loaded, its keys are tried in memory. */
    private static final int NO_PEER = 0;

    private final EngineProvider provider = new BoringSslProvider();

    /** Used by the service loader. */
    public CountingProvider() {}

    @Override
    public String name() {
        return provider.name();
    }

    @Override
    public Optional<Unavailable> unavailable() {
        return provider.unavailable();
    }

    @Override
    public List<Problem> problems(EngineMaterial material) {
        return provider.problems(material);
    }

    @Override
    public Set<String> clientKeys() {
        return provider.clientKeys();
    }

    @Override
    public EngineContext context(EngineMaterial material) throws GeneralSecurityException {
        return new CountingContext(provider.context(material));
    }

    private record CountingContext(EngineContext context) implements EngineContext {

        @Override
        public EngineAdapter engine(EngineOptions options) throws SSLException {
            EngineAdapter engine = context.engine(options);
            if (options.peerPort() != NO_PEER) {
                ENGINES.incrementAndGet();
            }
            return engine;
        }

        @Override
        public void exchange(TicketKeys keys) {
            context.exchange(keys);
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
