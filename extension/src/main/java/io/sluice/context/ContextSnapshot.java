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
    private final List<Problem> warnings;
    private final Optional<Material> material;
    private final Optional<OrderedKeyManager> keys;
    private final Optional<OrderedKeyManager> clientKeys;
    private final RotationSettings rotation;
    private final BooleanSupplier staleness;
    private final CallerRules callers;
    private final Optional<SharedEngines> engines;

    private ContextSnapshot(
            @Nullable SSLContext context,
            EngineParameters parameters,
            ServerKey serverKey,
            TlsTimeouts timeouts,
            List<Problem> warnings,
            Optional<Material> material,
            RotationSettings rotation,
            BooleanSupplier staleness,
            CallerRules callers,
            Optional<SharedEngines> engines) {
        this.context = context;
        this.parameters = parameters;
        this.serverKey = serverKey;
        this.timeouts = timeouts;
        this.warnings = warnings;
        this.material = material;
        this.rotation = rotation;
        this.keys = material.map(Material::keys).filter(OrderedKeyManager::hasKeys);
        this.clientKeys = material.map(Material::clientKeys).filter(OrderedKeyManager::hasKeys);
        this.staleness = staleness;
        this.callers = callers;
        this.engines = engines;
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
        return new ContextSnapshot(
                context,
                parameters,
                serverKey,
                TlsTimeouts.DEFAULT,
                List.of(),
                Optional.empty(),
                RotationSettings.DEFAULT,
                () -> false,
                CallerRules.NONE,
                Optional.empty());
    }

    /**
     * Plaintext.
     *
     * @return the snapshot, which has no context
     */
    public static ContextSnapshot plain() {
        return new ContextSnapshot(
                null,
                EngineParameters.given(new SSLParameters()),
                ServerKey.assumed(),
                TlsTimeouts.DEFAULT,
                List.of(),
                Optional.empty(),
                RotationSettings.DEFAULT,
                () -> false,
                CallerRules.NONE,
                Optional.empty());
    }

    /**
     * This snapshot with other timeouts.
     *
     * @param newTimeouts the timeouts
     * @return the new snapshot
     */
    public ContextSnapshot withTimeouts(TlsTimeouts newTimeouts) {
        return new ContextSnapshot(
                context, parameters, serverKey, newTimeouts, warnings, material, rotation, staleness, callers, engines);
    }

    /**
     * This snapshot with the parameters and timeouts that are configured.
     *
     * @param settings what is configured besides keys and trust
     * @return the new snapshot
     */
    public ContextSnapshot with(ParameterSettings settings) {
        return new ContextSnapshot(
                context,
                parameters.with(settings),
                serverKey,
                timeouts.with(settings),
                warnings,
                material,
                rotation,
                staleness,
                callers,
                engines);
    }

    /**
     * This snapshot with what is negotiated in a key exchange.
     *
     * @param keyExchange what the context's engines support
     * @return the new snapshot
     */
    public ContextSnapshot with(KeyExchange keyExchange) {
        return new ContextSnapshot(
                context,
                parameters.with(keyExchange),
                serverKey,
                timeouts,
                warnings,
                material,
                rotation,
                staleness,
                callers,
                engines);
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
        return new ContextSnapshot(
                context,
                parameters,
                serverKey,
                timeouts,
                List.copyOf(newWarnings),
                newMaterial,
                newRotation,
                staleness,
                callers,
                engines);
    }

    /**
     * This snapshot with a test whether it is stale.
     *
     * @param isStale returns true if the source would give something else now; called at each use, by any thread
     * @return the new snapshot
     */
    public ContextSnapshot withStaleness(BooleanSupplier isStale) {
        return new ContextSnapshot(
                context, parameters, serverKey, timeouts, warnings, material, rotation, isStale, callers, engines);
    }

    /**
     * This snapshot with rules about clients.
     *
     * @param newCallers the rules that the context's trust manager applies
     * @return the new snapshot
     */
    public ContextSnapshot withCallers(CallerRules newCallers) {
        return new ContextSnapshot(
                context, parameters, serverKey, timeouts, warnings, material, rotation, staleness, newCallers, engines);
    }

    /**
     * This snapshot with engines that JSSE does not make.
     *
     * @param newEngines a share, which is closed with the generation; empty for those of the context
     * @return the new snapshot
     */
    public ContextSnapshot withEngines(Optional<SharedEngines> newEngines) {
        return new ContextSnapshot(
                context, parameters, serverKey, timeouts, warnings, material, rotation, staleness, callers, newEngines);
    }

    /**
     * The engines that JSSE does not make.
     *
     * @return a share; empty if the context makes the engines
     */
    public Optional<SharedEngines> engines() {
        return engines;
    }

    /**
     * The rules about clients.
     *
     * @return the rules; none if every verified client may connect
     */
    public CallerRules callers() {
        return callers;
    }

    /**
     * Tests whether the context must be loaded again before it is used.
     *
     * @return true if its source would give something else now
     */
    public boolean isStale() {
        return staleness.getAsBoolean();
    }

    /**
     * The configured keys of the server side.
     *
     * @return the key manager; empty if there are no keys, or somebody else manages them
     */
    public Optional<OrderedKeyManager> keys() {
        return keys;
    }

    /**
     * The configured keys of the client side.
     *
     * @return the key manager; empty if there are no keys, or somebody else manages them
     */
    public Optional<OrderedKeyManager> clientKeys() {
        return clientKeys;
    }

    /**
     * The keys and the trust.
     *
     * @return what the context was made from; empty if it is not known
     */
    public Optional<Material> material() {
        return material;
    }

    /**
     * How the material is followed, and when to warn.
     *
     * @return the settings
     */
    public RotationSettings rotation() {
        return rotation;
    }

    /**
     * The issuers whose certificates are trusted.
     *
     * @return their distinguished names (RFC 2253) in alphabetical order; empty if they are not known, or there is no restriction
     */
    public List<String> issuers() {
        return material.map(Material::issuers).orElse(List.of());
    }

    /**
     * The parameters of both sides.
     *
     * @return the parameters
     */
    public EngineParameters parameters() {
        return parameters;
    }

    /**
     * Tests whether this is plaintext.
     *
     * @return true if there is no context
     */
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

    /**
     * The parameters of the client side, host identification included.
     *
     * @return a fresh copy
     */
    public SSLParameters clientParameters() {
        return parameters.client();
    }

    /**
     * The parameters of the server side, client authentication included.
     *
     * @return a fresh copy
     */
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

    /**
     * The longest times that a handshake and a close may take.
     *
     * @return the timeouts
     */
    public TlsTimeouts timeouts() {
        return timeouts;
    }

    /**
     * The doubts about the material, such as expired certificates, or trust in every peer.
     *
     * @return the warnings
     */
    public List<Problem> warnings() {
        return warnings;
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
