package io.sluice.internal.context.source;

import io.sluice.context.ContextSnapshot;
import io.sluice.context.SslContextException;
import io.sluice.internal.caller.CallerRules;
import io.sluice.internal.context.LoadAttempt;
import io.sluice.internal.context.handshake.ContextCallbacks;
import io.sluice.internal.context.handshake.HostIdentification;
import io.sluice.internal.context.handshake.VerifyingTrustManager;
import io.sluice.internal.engine.EngineChoice;
import io.sluice.internal.engine.EngineKeyChecks;
import io.sluice.internal.engine.EngineMaterial;
import io.sluice.internal.engine.EngineProvider;
import io.sluice.internal.engine.HandshakeTrial;
import io.sluice.internal.engine.SharedEngines;
import io.sluice.internal.engine.TicketKeys;
import io.sluice.internal.jsse.EngineParameters;
import io.sluice.internal.jsse.KeyExchange;
import io.sluice.internal.material.KeyTrial;
import io.sluice.internal.material.Material;
import io.sluice.internal.settings.AllowSettings;
import io.sluice.internal.settings.ClientAuth;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.TrustStoreSettings;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Makes the context of one load from its material, or uses the one of the load before again. Nothing that is in use changes before everything
 * has succeeded. Used once.
 */
final class NewContext {

    private final ContextSettings settings;
    private final ContextCallbacks callbacks;
    private final Material material;
    private final LoadAttempt attempt;
    private final Problems problems;
    private final @Nullable ConfiguredTls before;
    private final JsseChecks jsse;
    private final MissingKeys missing;
    private final KeyChooser chooser;
    private final CallerRules callers;
    private final SessionIdentity identity;
    /** The context of the load before, if its sessions may go on. */
    private final @Nullable ConfiguredTls reused;

    private @Nullable ConfiguredTls made;

    NewContext(
            ContextSettings settings,
            ContextCallbacks callbacks,
            Material material,
            LoadAttempt attempt,
            Problems problems,
            @Nullable ConfiguredTls before)
            throws GeneralSecurityException {
        this.settings = settings;
        this.callbacks = callbacks;
        this.material = material;
        this.attempt = attempt;
        this.problems = problems;
        this.before = before;
        this.jsse = JsseChecks.of(settings, problems);
        this.missing = new MissingKeys(settings, callbacks);
        this.chooser = new KeyChooser(settings.name(), material, callbacks, missing.whyNoClientKey());
        this.callers = CallerRules.of(settings.name(), settings.allow(), problems);
        this.identity = SessionIdentity.of(settings, material);
        this.reused = before != null && before.identity().equals(identity) ? before : null;
    }

    ContextSnapshot snapshot(List<byte[]> ticketSecrets) throws GeneralSecurityException, SslContextException {
        TrustManager[] trust = trustManagers();
        ConfiguredTls tls = reused != null ? reused : newTls(trust);
        KeyExchange keyExchange = jsse.check(tls.context(), material, attempt);
        Optional<TicketKeys> tickets = TicketPolicy.keys(ticketSecrets, identity, settings);
        EngineMaterial engines = new EngineMaterial(settings, tls.keys(), trust[0], isForgetful(), tickets);
        Optional<EngineProvider> provider = provider(engines);
        if (provider.isEmpty()) {
            jsse.areUsed();
        }
        attempt.throwErrors(settings.name(), problems);
        warmUp(provider.<KeyTrial>map(known -> HandshakeTrial.of(known, settings))
                .orElseGet(() -> jsse.trial(tls.context(), keyExchange)));
        ContextSnapshot snapshot = ContextSnapshot.of(tls.context(), parameters(tls.context()), missing.serverKey())
                .with(settings.parameters())
                .with(keyExchange)
                .withMaterial(Optional.of(material), problems.warnings(), settings.rotation())
                .withCallers(callers);
        return snapshot.withEngines(use(tls, provider, engines));
    }

    /** The context that was made or used again. */
    @Nullable
    ConfiguredTls made() {
        return made;
    }

    private ConfiguredTls newTls(TrustManager... trust) throws GeneralSecurityException {
        ContextKeyManager keys = new ContextKeyManager(material, chooser);
        SSLContext context = JsseChecks.newContext(settings);
        context.init(new KeyManager[] {keys}, trust, null);
        ConfiguredTls tls = ConfiguredTls.of(context, identity, keys, settings.sessions());
        if (before != null) {
            before.handLimitsTo(context);
        }
        return tls;
    }

    /** What makes engines that JSSE does not make; empty for JSSE. The engines of a context stay, whatever the new keys are. */
    private Optional<EngineProvider> provider(EngineMaterial engines) {
        if (reused == null) {
            return EngineChoice.of(engines, material, problems);
        }
        Optional<EngineProvider> known = reused.engines().map(SharedEngines::provider);
        if (!problems.hasErrors()) {
            known.ifPresent(provider -> new EngineKeyChecks(provider, settings)
                    .check(material, problems)
                    .forEach(problems::error));
        }
        return known;
    }

    /** The first load of a context decides how long its first connection takes. A later one finds compiled code. */
    private void warmUp(KeyTrial trial) {
        if (before == null) {
            for (int i = 0; i < settings.engine().warmUp(); i++) {
                material.tryKeys(trial);
            }
        }
    }

    /** Returns a share of the engines that JSSE does not make, after which the keys are exchanged. */
    private Optional<SharedEngines> use(ConfiguredTls tls, Optional<EngineProvider> provider, EngineMaterial engines)
            throws GeneralSecurityException {
        ConfiguredTls limited = tls.limitedTo(settings.sessions());
        Optional<SharedEngines> shared = Optional.empty();
        if (reused != null) {
            shared = reused.engines().map(SharedEngines::share);
        } else if (provider.isPresent()) {
            shared = Optional.of(SharedEngines.of(provider.get(), engines, jsse.ignored()));
        }
        shared.ifPresent(used -> attempt.ifItFails(used::close));
        made = limited.with(shared);
        shared.ifPresent(used -> engines.tickets().ifPresent(used::exchange));
        tls.keys().exchange(material, chooser); // Last, because a load that fails must leave the keys in use.
        return shared;
    }

    /** JSSE keeps a session with a verdict in memory, instead of giving the client all of it. Not every engine can choose. */
    private boolean isForgetful() {
        boolean asked = settings.parameters().clientAuth().orElse(ClientAuth.NONE) != ClientAuth.NONE;
        return !asked
                || !(settings.trustStore() instanceof TrustStoreSettings.All)
                        && callbacks.verify().isEmpty();
    }

    /** A callback may have a key for a name that no certificate of the context has. So it is asked before the name is refused. */
    private EngineParameters parameters(SSLContext context) {
        EngineParameters parameters = EngineParameters.modern(context);
        return material.keys()
                .nameMatcher()
                .filter(unused -> callbacks.clientHello().isEmpty())
                .map(parameters::accepting)
                .orElse(parameters);
    }

    private TrustManager[] trustManagers() {
        return material.trust().managers().stream().map(this::trust).toArray(TrustManager[]::new);
    }

    /** The JDK's providers make extended trust managers. Any other is left unchanged, because JSSE itself checks more for it. */
    private TrustManager trust(TrustManager manager) {
        if (!(manager instanceof X509ExtendedTrustManager extended)) {
            if (!callers.isEmpty()) {
                throw new IllegalStateException(
                        "its trust manager (" + manager.getClass().getName() + ") cannot apply the rules of "
                                + settings.property(AllowSettings.KEY));
            }
            return manager;
        }
        HostIdentification identification = HostIdentification.of(settings.parameters());
        return settings.trustStore() instanceof TrustStoreSettings.All
                ? VerifyingTrustManager.ofEverybody(settings.name(), extended, identification, callbacks.verify())
                : VerifyingTrustManager.checking(
                        settings.name(), extended, identification, callbacks.verify(), callers);
    }
}
