package io.sluice.internal.context.source;

import io.sluice.context.ContextSnapshot;
import io.sluice.context.GivenContextSpecifier;
import io.sluice.context.HasSnapshot;
import io.sluice.context.NamedSslContext;
import io.sluice.context.ServerKey;
import io.sluice.context.SslContextException;
import io.sluice.internal.context.ContextSource;
import io.sluice.internal.context.LoadAttempt;
import io.sluice.internal.context.ReloadableContext;
import io.sluice.internal.jsse.EngineParameters;
import io.sluice.internal.jsse.KeyExchange;
import io.sluice.internal.settings.AllowSettings;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.EngineSettings;
import io.sluice.internal.settings.ParameterSettings;
import io.sluice.internal.settings.Problems;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A context that the application makes. It is obtained once, at the first use, and cannot be reloaded. What is configured besides keys
 * and trust applies to it too. If the application returns another named context, each new generation of that one is followed.
 */
public final class ApplicationContextSource implements ContextSource {

    private final ContextName name;
    private final Supplier<?> maker;
    private final ParameterSettings settings;
    private final EngineSettings engine;
    private final AllowSettings allow;
    private boolean obtained;
    private boolean loaded;
    private @Nullable Object made;
    private @Nullable ReloadableContext followed;
    private @Nullable ContextSnapshot seen;

    /**
     * A source that has not obtained its context.
     *
     * @param name the context's name
     * @param maker makes the application's {@code SSLContext} or specifier; called once, and again only if it throws
     * @param settings what is configured besides keys and trust
     * @param engine what is negotiated in a key exchange; nothing else of it applies
     * @param allow rules about clients, which cannot be enforced and so refuse the load
     */
    public ApplicationContextSource(
            ContextName name,
            Supplier<?> maker,
            ParameterSettings settings,
            EngineSettings engine,
            AllowSettings allow) {
        this.name = name;
        this.maker = maker;
        this.settings = settings;
        this.engine = engine;
        this.allow = allow;
    }

    @Override
    public boolean readyAtDeployment() {
        return false;
    }

    /** Called under the loading lock of its context. */
    @Override
    public ContextSnapshot load(LoadAttempt attempt) throws SslContextException {
        ReloadableContext other = followed;
        if (loaded && (other == null || other.load() == seen)) {
            throw new SslContextException(name + " is the application's own and is obtained only once,"
                    + " so it cannot be reloaded. Make it a context that follows changes of its material itself");
        }
        ContextSnapshot context = configured(loaded(obtain()));
        loaded = true;
        return context;
    }

    /** Obtains the object once, even if it is unsuitable, because another call would make another one with all its dependents. */
    private @Nullable Object obtain() {
        if (!obtained) {
            made = maker.get();
            obtained = true;
        }
        return made;
    }

    private ContextSnapshot loaded(@Nullable Object given) throws SslContextException {
        if (given == null) {
            throw unsuitable("null");
        }
        if (given instanceof SSLContext context) {
            Optional<ReloadableContext> injected = ReloadableContext.behind(context);
            return injected.isPresent() ? following(injected.get()) : new GivenContextSpecifier(context).loaded();
        }
        if (given instanceof HasSnapshot loadable) {
            return loadable.loaded();
        }
        if (given instanceof NamedSslContext context) {
            return named(context);
        }
        throw unsuitable("a specifier of one SSLEngine");
    }

    private ContextSnapshot named(NamedSslContext given) throws SslContextException {
        Optional<ReloadableContext> known = ReloadableContext.behind(given);
        if (known.isPresent()) {
            return following(known.get());
        }
        return given.isPlain()
                ? ContextSnapshot.plain()
                : ContextSnapshot.of(
                                given.sslContext(),
                                EngineParameters.of(
                                        given.parameters(), given.sslContext().getDefaultSSLParameters()),
                                ServerKey.assumed())
                        .withTimeouts(given.timeouts());
    }

    /** Takes everything from one generation of the other context. Its names and keys must not be mixed with those of the next one. */
    private ContextSnapshot following(ReloadableContext other) throws SslContextException {
        ContextSnapshot current = other.load();
        followed = other;
        seen = current;
        if (current.isPlain()) {
            return ContextSnapshot.plain();
        }
        return ContextSnapshot.of(current.sslContext(), current.parameters(), current::requireServerKey)
                .withTimeouts(current.timeouts())
                .withCallers(current.callers())
                .withStaleness(() -> isReplaced(other, current));
    }

    private static boolean isReplaced(ReloadableContext other, ContextSnapshot known) {
        try {
            return other.load() != known;
        } catch (SslContextException e) {
            return false; // What is known stays in use.
        }
    }

    private ContextSnapshot configured(ContextSnapshot loaded) throws SslContextException {
        Problems problems = new Problems();
        allow.refuse("the application", problems);
        if (loaded.isPlain()) {
            throwErrors(problems);
            return loaded;
        }
        ParameterChecks.check(settings, loaded.sslContext(), problems);
        ContextSnapshot configured = loaded.with(settings);
        KeyExchange keyExchange = KeyExchangeChecks.configured(
                engine, configured.parameters().protocols(loaded.sslContext()), loaded.sslContext(), problems);
        throwErrors(problems);
        return keyExchange.equals(KeyExchange.DEFAULT) ? configured : configured.with(keyExchange);
    }

    private void throwErrors(Problems problems) throws SslContextException {
        if (problems.hasErrors()) {
            throw new SslContextException(name.toString(), problems.errors());
        }
    }

    private SslContextException unsuitable(String what) {
        return new SslContextException("the application's " + name + " is " + what
                + ", which cannot be a named context. Make the bean or producer of "
                + ContextName.qualifier(name.value()) + " return an SSLContext");
    }
}
