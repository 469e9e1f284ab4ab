package io.sluice.internal.context;

import io.sluice.context.ContextSnapshot;
import io.sluice.context.EngineRequest;
import io.sluice.context.NamedSslContext;
import io.sluice.context.SslContextException;
import io.sluice.context.SslContextSpecifier;
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
 * A named context whose material is read once, at validation or at the first use, and again at each reload. Thread-safe.
 */
public final class ReloadableContext implements NamedSslContext {

    /** A specifier that stands for a named context. */
    public interface Reference {

        /**
         * The context.
         *
         * @return the context itself, not another reference
         */
        NamedSslContext context();
    }

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
     * A context that has not been loaded.
     *
     * @param name the context's name
     * @param source the source of its material
     */
    public ReloadableContext(ContextName name, ContextSource source) {
        this.name = name;
        this.source = source;
        this.socketFactory = new DelegatingSocketFactory(this);
        this.serverSocketFactory = new DelegatingServerSocketFactory(this);
        this.view = new DelegatingSslContext(this);
    }

    /**
     * Finds the context that a specifier is, or stands for.
     *
     * @param specifier any specifier
     * @return the context; empty for a specifier without a named context
     */
    public static Optional<ReloadableContext> behind(SslContextSpecifier specifier) {
        SslContextSpecifier known = specifier instanceof Reference reference ? reference.context() : specifier;
        return known instanceof ReloadableContext context ? Optional.of(context) : Optional.empty();
    }

    /**
     * Reads the material unless it has been read. If several threads call this, one reads. After a failure, the next call tries again.
     *
     * @return the current material
     * @throws SslContextException if it cannot be used, or if its load depends on itself, possibly through another thread
     */
    public ContextSnapshot load() throws SslContextException {
        ContextSnapshot known = current;
        if (known == null) {
            return loadOnce();
        }
        return known.isStale() ? renew(known) : known;
    }

    /** The material in use; empty if none has been loaded. */
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

    /**
     * The first thread loads; the others continue with the known material. If the new material cannot be used, all continue with it,
     * and this is logged once.
     */
    private ContextSnapshot renew(ContextSnapshot known) {
        if (!loading.tryLock()) {
            return known;
        }
        try {
            ContextSnapshot newest = current;
            return newest != null && newest != known ? newest : replace();
        } catch (SslContextException e) {
            warnOnce(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            warnOnce(description() + ": " + e);
        } finally {
            loading.unlock();
        }
        return known;
    }

    private void warnOnce(String failure) {
        if (!renewalFailed) {
            LOG.log(Level.WARNING, failure + staysInUse());
        }
        renewalFailed = true;
    }

    private String staysInUse() {
        return " (the material loaded at " + loadedAt + " stays in use)";
    }

    /**
     * Reads the material again. Views of this context use the new material from now on. Open connections keep the old.
     *
     * @throws SslContextException if the new material cannot be used; the old stays in use, and the message says when it was loaded
     */
    public void reload() throws SslContextException {
        lock();
        try {
            replace();
        } catch (SslContextException e) {
            throw current == null ? e : new SslContextException(e, staysInUse());
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

    /** A source may use the view of a named context, which cannot throw checked exceptions. */
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
     * Tests whether the material can be checked during deployment.
     *
     * @return false for a context that the application makes or has callbacks for
     */
    public boolean readyAtDeployment() {
        return source.readyAtDeployment();
    }

    /**
     * Tests whether the material depends on beans of the application.
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

    /** {@inheritDoc} A context that cannot be loaded counts as one with TLS. */
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
        request.refuseContextConfigurer(description());
        ContextSnapshot snapshot = load();
        return EngineOrigins.note(snapshot.engine(request, description()), snapshot);
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

    /** The current material, for methods that cannot throw checked exceptions. */
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
