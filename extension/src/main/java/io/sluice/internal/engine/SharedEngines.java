package io.sluice.internal.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.internal.settings.Problem;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * An engine context that the loads of one named context share as long as nothing but their keys differs. It is closed with the last share.
 * Thread-safe.
 */
public final class SharedEngines {

    private final EngineProvider provider;
    private final EngineContext context;
    private final List<Problem> ignored;

    @GuardedBy("this")
    private int shares = 1;

    private SharedEngines(EngineProvider provider, EngineContext context, List<Problem> ignored) {
        this.provider = provider;
        this.context = context;
        this.ignored = List.copyOf(ignored);
    }

    /**
     * The first share.
     *
     * @param provider makes the context, which is closed with the last share
     * @param material the settings, keys and trust of the context
     * @param ignored the settings that these engines honour and JSSE does not
     * @return the share
     * @throws GeneralSecurityException if the material is refused
     */
    public static SharedEngines of(EngineProvider provider, EngineMaterial material, List<Problem> ignored)
            throws GeneralSecurityException {
        return new SharedEngines(provider, provider.context(material), ignored);
    }

    /**
     * The settings of the context that its objects of JSSE do not honour.
     *
     * @return a problem for each
     */
    public List<Problem> ignoredByJsse() {
        return ignored;
    }

    /**
     * What makes the engines.
     *
     * @return the provider
     */
    public EngineProvider provider() {
        return provider;
    }

    /**
     * Adds a share, which must be closed too.
     *
     * @return these engines
     */
    public synchronized SharedEngines share() {
        if (shares == 0) {
            throw new IllegalStateException("the engines are closed");
        }
        shares++;
        return this;
    }

    /**
     * Makes an engine. The caller holds a share.
     *
     * @param options the side, the peer and the parameters of its connection
     * @return the engine, which belongs to the caller
     * @throws SSLException if no engine can be made
     */
    public EngineAdapter engine(EngineOptions options) throws SSLException {
        return context.engine(options);
    }

    /**
     * Exchanges the keys of the server's tickets, for all shares. The caller holds a share.
     *
     * @param keys the keys from now on
     */
    public void exchange(TicketKeys keys) {
        context.exchange(keys);
    }

    /** Ends one share. */
    public void close() {
        synchronized (this) {
            shares--;
            if (shares != 0) {
                return;
            }
        }
        context.close();
    }
}
