package io.sluice.internal.context;

import io.sluice.context.ContextSnapshot;
import io.sluice.context.EngineRequest;
import io.sluice.context.NamedSslContext;
import io.sluice.context.Preconditions;
import io.sluice.context.SslContextException;
import io.sluice.context.TlsTimeouts;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.Problem;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A named context whose material is read once, at validation or at the first use, and again at each reload. Safe for use by
 * several threads.
 */
public final class ReloadableContext implements NamedSslContext {

    private static final Logger LOG = System.getLogger(ReloadableContext.class.getName());

    private final ContextName name;
    private final ContextSource source;
    private final LoadLock loading = new LoadLock();
    private final SSLContext view;
    private final SSLSocketFactory socketFactory;
    private final SSLServerSocketFactory serverSocketFactory;
    private volatile @Nullable ContextSnapshot current;
    /** Used under the loading lock. */
    private Instant loadedAt = Instant.EPOCH;
    /** Used under the loading lock. */
    private boolean renewalFailed;

    /**
     * A context that has read nothing yet.
     *
     * @param name the context's name
     * @param source where its material comes from
     */
    public ReloadableContext(ContextName name, ContextSource source) {
        this.name = name;
        this.source = source;
        this.socketFactory = new DelegatingSocketFactory(this);
        this.serverSocketFactory = new DelegatingServerSocketFactory(this);
        this.view = new DelegatingSslContext(this);
    }

    /**
     * Reads the material unless that was done. Several threads may ask; one reads. After a failure the next call tries again.
     *
     * @return the current material
     * @throws SslContextException if it cannot be used, or needs itself to be loaded, be it by way of another thread
     */
    public ContextSnapshot load() throws SslContextException {
        ContextSnapshot known = current;
        if (known == null) {
            return loadOnce();
        }
        return known.isStale() ? renewed(known) : known;
    }

    /** What is in use now; empty if nothing was loaded yet. */
    Optional<ContextSnapshot> current() {
        return Optional.ofNullable(current);
    }

    private ContextSnapshot loadOnce() throws SslContextException {
        lock();
        try {
            ContextSnapshot known = current;
            return known != null ? known : replace();
        } finally {
            loading.unlock();
        }
    }

    private void lock() throws SslContextException {
        if (!loading.lock()) {
            throw builtOnItself();
        }
    }

    private SslContextException builtOnItself() {
        return new SslContextException(description() + " is built on itself. "
                + (name.equals(ContextName.DEFAULT)
                        ? "Do not pass Sluice's own SSLContext of 'default' to SSLContext.setDefault,"
                                + " and do not return it from a producer"
                        : "Make the producer of " + ContextName.qualifier(name())
                                + " return a context that does not use Sluice's own context of that name"));
    }

    /** By whoever comes first; others go on with what there is. So does everybody with material that cannot be used: that is told once. */
    private ContextSnapshot renewed(ContextSnapshot known) {
        if (!loading.tryLock()) {
            return known;
        }
        try {
            ContextSnapshot newest = current;
            return newest != null && newest != known ? newest : replace();
        } catch (SslContextException e) {
            tellOnce(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            tellOnce(description() + ": " + e);
        } finally {
            loading.unlock();
        }
        return known;
    }

    private void tellOnce(String failure) {
        if (!renewalFailed) {
            LOG.log(Level.WARNING, failure + stays());
        }
        renewalFailed = true;
    }

    private String stays() {
        return " (the material loaded at " + loadedAt + " stays in use)";
    }

    /**
     * Reads the material again. Whoever holds a view of this context uses the new material from now on; open connections keep
     * what they have.
     *
     * @throws SslContextException if the new material cannot be used; what was there stays, and the message says since when
     */
    public void reload() throws SslContextException {
        lock();
        try {
            replace();
        } catch (SslContextException e) {
            throw current == null ? e : new SslContextException(e, stays());
        } finally {
            loading.unlock();
        }
    }

    private ContextSnapshot replace() throws SslContextException {
        ContextSnapshot loaded = loadedBySource();
        for (Problem warning : loaded.warnings()) {
            LOG.log(Level.WARNING, description() + ": " + warning.message());
        }
        loadedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        renewalFailed = false;
        current = loaded;
        return loaded;
    }

    /** A source may use the view of a named context, which can throw nothing checked. */
    private ContextSnapshot loadedBySource() throws SslContextException {
        try {
            return source.load();
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof SslContextException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /**
     * Whether the material can be checked while deploying.
     *
     * @return false for a context that the application makes
     */
    public boolean readyAtDeployment() {
        return source.readyAtDeployment();
    }

    /**
     * Whether the material comes from beans of the application.
     *
     * @return true if it can be loaded only while the application runs
     */
    public boolean needsBeans() {
        return source.needsBeans();
    }

    boolean loadsOnAnyThread() {
        return source.loadsOnAnyThread();
    }

    @Override
    public String name() {
        return name.value();
    }

    @Override
    public String description() {
        return name.toString();
    }

    /** {@inheritDoc} A context that cannot be loaded counts as not plain. */
    @Override
    public boolean isPlain() {
        try {
            return load().isPlain();
        } catch (SslContextException e) {
            return false;
        }
    }

    /** {@inheritDoc} The defaults if the context cannot be loaded. */
    @Override
    public TlsTimeouts timeouts() {
        try {
            return load().timeouts();
        } catch (SslContextException e) {
            return TlsTimeouts.DEFAULT;
        }
    }

    @Override
    public SSLEngine engine(EngineRequest request) throws SslContextException {
        Preconditions.refuseContextConfigurer(request, this);
        return load().engine(request, description());
    }

    @Override
    public SSLContext sslContext() {
        return view;
    }

    @Override
    public SSLSocketFactory socketFactory() {
        return socketFactory;
    }

    @Override
    public SSLServerSocketFactory serverSocketFactory() {
        return serverSocketFactory;
    }

    @Override
    public SSLParameters parameters() {
        return loaded().clientParameters();
    }

    /** The current material, for methods that can throw nothing checked. */
    ContextSnapshot loaded() {
        try {
            return load();
        } catch (SslContextException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return description();
    }
}
