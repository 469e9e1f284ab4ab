package io.sluice.context;

import io.sluice.internal.Internal;
import io.sluice.internal.caller.CallerRules;
import io.sluice.internal.engine.EngineAdapter;
import io.sluice.internal.engine.SharedEngines;
import io.sluice.internal.jsse.EngineParameters;
import io.sluice.internal.jsse.KeyExchange;
import io.sluice.internal.material.Material;
import io.sluice.internal.material.OrderedKeyManager;
import io.sluice.internal.settings.ParameterSettings;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.RotationSettings;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * The result of one load: a context with its parameters, or plaintext. Immutable.
 *
 * @hidden
 */
@Internal
public final class ContextSnapshot {

    private final @Nullable SSLContext context;
    private final EngineParameters parameters;
    private final ServerKey serverKey;
    private final TlsTimeouts timeouts;
    private final Origin origin;
    private final Optional<OrderedKeyManager> keys;
    private final Optional<OrderedKeyManager> clientKeys;
    private final BooleanSupplier staleness;
    private final CallerRules callers;
    private final Optional<SharedEngines> engines;

    /** The keys and the trust, what is doubtful about them, and how they are followed. */
    private record Origin(Optional<Material> material, List<Problem> warnings, RotationSettings rotation) {}

    private ContextSnapshot(Draft draft) {
        this.context = draft.context;
        this.parameters = draft.parameters;
        this.serverKey = draft.serverKey;
        this.timeouts = draft.timeouts;
        this.origin = draft.origin;
        this.keys = origin.material().map(Material::keys).filter(OrderedKeyManager::hasKeys);
        this.clientKeys = origin.material().map(Material::clientKeys).filter(OrderedKeyManager::hasKeys);
        this.staleness = draft.staleness;
        this.callers = draft.callers;
        this.engines = draft.engines;
    }

    /** A snapshot that is being made, with the defaults of what need not be known. */
    private static final class Draft {
        private final @Nullable SSLContext context;
        private final ServerKey serverKey;
        private EngineParameters parameters;
        private TlsTimeouts timeouts = TlsTimeouts.DEFAULT;
        private Origin origin = new Origin(Optional.empty(), List.of(), RotationSettings.DEFAULT);
        private BooleanSupplier staleness = () -> false;
        private CallerRules callers = CallerRules.NONE;
        private Optional<SharedEngines> engines = Optional.empty();

        Draft(@Nullable SSLContext context, EngineParameters parameters, ServerKey serverKey) {
            this.context = context;
            this.parameters = parameters;
            this.serverKey = serverKey;
        }

        Draft(ContextSnapshot known) {
            this(known.context, known.parameters, known.serverKey);
            timeouts = known.timeouts;
            origin = known.origin;
            staleness = known.staleness;
            callers = known.callers;
            engines = known.engines;
        }
    }

    private ContextSnapshot changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new ContextSnapshot(draft);
    }

    /**
     * A context with its parameters, the default timeouts, and nothing else known.
     *
     * @param context an initialised context
     * @param parameters the parameters of both sides
     * @param serverKey checks that it can serve
     * @return the snapshot
     */
    public static ContextSnapshot of(SSLContext context, EngineParameters parameters, ServerKey serverKey) {
        return new ContextSnapshot(new Draft(context, parameters, serverKey));
    }

    /** {@return plaintext, which has no context} */
    public static ContextSnapshot plain() {
        return new ContextSnapshot(new Draft(null, EngineParameters.given(new SSLParameters()), ServerKey.assumed()));
    }

    /**
     * This snapshot with other timeouts.
     *
     * @param newTimeouts the timeouts
     * @return the new snapshot
     */
    public ContextSnapshot withTimeouts(TlsTimeouts newTimeouts) {
        return changed(draft -> draft.timeouts = newTimeouts);
    }

    /**
     * This snapshot with the parameters and timeouts that are configured.
     *
     * @param settings what is configured besides keys and trust
     * @return the new snapshot
     */
    public ContextSnapshot with(ParameterSettings settings) {
        return changed(draft -> {
            draft.parameters = parameters.with(settings);
            draft.timeouts = timeouts.with(settings);
        });
    }

    /**
     * This snapshot with what is negotiated in a key exchange.
     *
     * @param keyExchange what the context's engines support
     * @return the new snapshot
     */
    public ContextSnapshot with(KeyExchange keyExchange) {
        return changed(draft -> draft.parameters = parameters.with(keyExchange));
    }

    /**
     * This snapshot with the material that the context was made from.
     *
     * @param newMaterial the keys and the trust
     * @param newWarnings what is doubtful about them
     * @param newRotation how they are followed, and when to warn
     * @return the new snapshot
     */
    public ContextSnapshot withMaterial(
            Optional<Material> newMaterial, List<Problem> newWarnings, RotationSettings newRotation) {
        return changed(draft -> draft.origin = new Origin(newMaterial, List.copyOf(newWarnings), newRotation));
    }

    /**
     * This snapshot with a test whether it is stale.
     *
     * @param isStale returns true if the source would give something else now; called at each use, by any thread
     * @return the new snapshot
     */
    public ContextSnapshot withStaleness(BooleanSupplier isStale) {
        return changed(draft -> draft.staleness = isStale);
    }

    /**
     * This snapshot with rules about clients.
     *
     * @param newCallers the rules that the context's trust manager applies
     * @return the new snapshot
     */
    public ContextSnapshot withCallers(CallerRules newCallers) {
        return changed(draft -> draft.callers = newCallers);
    }

    /**
     * This snapshot with engines that JSSE does not make.
     *
     * @param newEngines a share, which is closed with the generation; empty for those of the context
     * @return the new snapshot
     */
    public ContextSnapshot withEngines(Optional<SharedEngines> newEngines) {
        return changed(draft -> draft.engines = newEngines);
    }

    /** {@return a share of the engines that JSSE does not make; empty if the context makes the engines} */
    public Optional<SharedEngines> engines() {
        return engines;
    }

    /** {@return the rules about clients; none if every verified client may connect} */
    public CallerRules callers() {
        return callers;
    }

    /** {@return whether the context must be loaded again before it is used, because its source would give something else now} */
    public boolean isStale() {
        return staleness.getAsBoolean();
    }

    /** {@return the configured keys of the server side; empty if there are none, or somebody else manages them} */
    public Optional<OrderedKeyManager> keys() {
        return keys;
    }

    /** {@return the configured keys of the client side; empty if there are none, or somebody else manages them} */
    public Optional<OrderedKeyManager> clientKeys() {
        return clientKeys;
    }

    /** {@return the keys and the trust that the context was made from; empty if they are not known} */
    public Optional<Material> material() {
        return origin.material();
    }

    /** {@return how the material is followed, and when to warn} */
    public RotationSettings rotation() {
        return origin.rotation();
    }

    /** {@return the distinguished names (RFC 2253) of the trusted issuers in alphabetical order; empty if they are not known or not restricted} */
    public List<String> issuers() {
        return origin.material().map(Material::issuers).orElse(List.of());
    }

    /** {@return the parameters of both sides} */
    public EngineParameters parameters() {
        return parameters;
    }

    /** {@return whether this is plaintext, without a context} */
    public boolean isPlain() {
        return context == null;
    }

    /**
     * The context itself, without the parameters.
     *
     * @return an initialised context
     * @throws IllegalStateException if this is plaintext
     */
    public SSLContext sslContext() {
        if (context == null) {
            throw new IllegalStateException("plaintext has no SSLContext. Call isPlain() first");
        }
        return context;
    }

    /** {@return a fresh copy of the parameters of the client side, host identification included} */
    public SSLParameters clientParameters() {
        return parameters.client();
    }

    /** {@return a fresh copy of the parameters of the server side, client authentication included} */
    public SSLParameters serverParameters() {
        return parameters.server();
    }

    /**
     * Checks that there is a key for the server side.
     *
     * @param description the context, as its specifier describes itself
     * @throws SslContextException if there is none; the message says what to do
     */
    public void requireServerKey(String description) throws SslContextException {
        serverKey.require(description);
    }

    /** {@return the longest times that a handshake and a close may take} */
    public TlsTimeouts timeouts() {
        return timeouts;
    }

    /** {@return the doubts about the material, such as expired certificates, or trust in every peer} */
    public List<Problem> warnings() {
        return origin.warnings();
    }

    /**
     * Makes an engine with its side and every parameter set.
     *
     * @param request the side, the peer and the options of the connection; its context configurer is ignored
     * @param description the context, as its specifier describes itself
     * @return a new engine, whose handshake has not begun
     * @throws SslContextException if there is no usable key for the server side
     */
    public SSLEngine engine(EngineRequest request, String description) throws SslContextException {
        return new NewEngine(this, request, description).made();
    }

    /**
     * Makes the engine of a connection that Sluice itself drives: of the kind that is configured, with its side and every parameter set.
     *
     * @param request the side, the peer and the options of the connection; its context configurer is ignored
     * @param description the context, as its specifier describes itself
     * @return a new engine, whose handshake has not begun
     * @throws SslContextException if there is no usable key for the server side
     */
    public EngineAdapter adapter(EngineRequest request, String description) throws SslContextException {
        return new NewEngine(this, request, description).adapter();
    }
}
