package io.sluice.internal.context;

import io.sluice.context.ContextSnapshot;
import io.sluice.context.ServerKey;
import io.sluice.context.SslContextException;
import io.sluice.internal.caller.CallerRules;
import io.sluice.internal.context.handshake.ContextCallbacks;
import io.sluice.internal.context.handshake.HostIdentification;
import io.sluice.internal.context.handshake.SslCallbackException;
import io.sluice.internal.context.handshake.VerifyingTrustManager;
import io.sluice.internal.engine.EngineChoice;
import io.sluice.internal.engine.EngineKeyChecks;
import io.sluice.internal.engine.EngineMaterial;
import io.sluice.internal.engine.EngineProvider;
import io.sluice.internal.engine.EngineTrial;
import io.sluice.internal.engine.SharedEngines;
import io.sluice.internal.engine.TicketKeys;
import io.sluice.internal.jsse.EngineParameters;
import io.sluice.internal.jsse.JsseProviders;
import io.sluice.internal.jsse.KeyExchange;
import io.sluice.internal.jsse.RootCause;
import io.sluice.internal.material.KeyTrial;
import io.sluice.internal.material.Material;
import io.sluice.internal.material.MaterialReading;
import io.sluice.internal.material.SuppliedMaterial;
import io.sluice.internal.settings.AllowSettings;
import io.sluice.internal.settings.ClientAuth;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.EngineKind;
import io.sluice.internal.settings.KeyStoreSettings;
import io.sluice.internal.settings.NearNames;
import io.sluice.internal.settings.PreferenceList;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.TrustStoreSettings;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** One load of a context whose keys and trust are configured: reads and tries the material. */
final class ConfiguredLoad {

    private final ContextSettings settings;
    private final ContextCallbacks callbacks;
    private final LoadAttempt attempt;
    private final @Nullable ConfiguredTls before;
    private @Nullable ConfiguredTls made;

    /** A load after another one, whose context is used again if nothing but the keys has changed. */
    ConfiguredLoad(
            ContextSettings settings, ContextCallbacks callbacks, LoadAttempt attempt, @Nullable ConfiguredTls before) {
        this.settings = settings;
        this.callbacks = callbacks;
        this.attempt = attempt;
        this.before = before;
    }

    ContextSnapshot snapshot() throws SslContextException {
        Problems problems = new Problems();
        Optional<Material> read = material(problems);
        if (!choosesKeys()) {
            read.ifPresent(known -> known.warnOfUnreachableKeys(settings, problems));
        }
        List<byte[]> tickets = TicketPolicy.secrets(settings, attempt.files(), problems);
        refusePeriodWithoutFiles(problems);
        settings.engine().provider().ifPresent(name -> requireProvider(name, problems));
        try {
            return read.isPresent() ? snapshot(read.get(), tickets, problems) : refused(problems);
        } catch (GeneralSecurityException e) {
            throw SslContextException.wrap(settings.name() + " cannot be made", e);
        } catch (IllegalStateException e) { // BouncyCastle's JSSE, if its other provider is missing.
            throw new SslContextException(settings.name() + " cannot be made: " + RootCause.of(e), e);
        }
    }

    private ContextSnapshot snapshot(Material material, List<byte[]> ticketSecrets, Problems problems)
            throws GeneralSecurityException, SslContextException {
        KeyChooser chooser = new KeyChooser(settings.name(), material, callbacks, whyNoClientKey());
        CallerRules callers = CallerRules.of(settings.name(), settings.allow(), problems);
        SessionIdentity identity = SessionIdentity.of(settings, material);
        ConfiguredTls reused = before != null && before.identity().equals(identity) ? before : null;
        TrustManager[] trust = trustManagers(material, callers);
        ConfiguredTls tls = reused != null ? reused : newTls(material, chooser, trust, identity);
        Problems ofJsse = settings.engine().kind() == EngineKind.JDK ? problems : new Problems();
        KeyExchange keyExchange = check(material, tls.context(), ofJsse, problems);
        Optional<TicketKeys> tickets = TicketPolicy.keys(ticketSecrets, identity, settings);
        EngineMaterial engines = new EngineMaterial(settings, tls.keys(), trust[0], isForgetful(), tickets);
        Optional<EngineProvider> provider = reused != null
                ? reused.engines().map(SharedEngines::provider)
                : EngineChoice.of(engines, material, problems);
        if (reused != null && !problems.hasErrors()) { // Its engines stay, whatever the new keys are.
            provider.ifPresent(known -> new EngineKeyChecks(known, settings)
                    .check(material, problems)
                    .forEach(problems::error));
        }
        if (provider.isEmpty() && ofJsse != problems) {
            problems.addAll(ofJsse);
        }
        throwErrors(problems);
        warmUp(
                material,
                provider.<KeyTrial>map(known -> new EngineTrial(known, settings))
                        .orElseGet(() -> trial(tls.context(), keyExchange)));
        ContextSnapshot snapshot = ContextSnapshot.of(tls.context(), parameters(tls.context(), material), serverKey())
                .with(settings.parameters())
                .with(keyExchange)
                .withMaterial(Optional.of(material), problems.warnings(), settings.rotation())
                .withCallers(callers);
        ConfiguredTls limited = tls.limitedTo(settings.sessions());
        Optional<SharedEngines> shared = reused != null ? reused.engines().map(SharedEngines::share) : Optional.empty();
        if (reused == null && provider.isPresent()) {
            shared = Optional.of(SharedEngines.of(provider.get(), engines, ofJsse.errors()));
        }
        shared.ifPresent(used -> attempt.ifItFails(used::close));
        made = limited.with(shared);
        shared.ifPresent(used -> tickets.ifPresent(used::exchange));
        tls.keys().exchange(material, chooser); // Last, because a load that fails must leave the keys in use.
        return snapshot.withEngines(shared);
    }

    /** The context that was made or used again. Only after {@link #snapshot()} has succeeded. */
    @Nullable
    ConfiguredTls tls() {
        return made;
    }

    /** JSSE keeps a session with a verdict in memory, instead of giving the client all of it. Not every engine can choose. */
    private boolean isForgetful() {
        boolean asked = settings.parameters().clientAuth().orElse(ClientAuth.NONE) != ClientAuth.NONE;
        return !asked
                || !(settings.trustStore() instanceof TrustStoreSettings.All)
                        && callbacks.verify().isEmpty();
    }

    private ConfiguredTls newTls(Material material, KeyChooser chooser, TrustManager[] trust, SessionIdentity identity)
            throws GeneralSecurityException {
        ContextKeyManager keys = new ContextKeyManager(material, chooser);
        SSLContext context = newContext();
        context.init(new KeyManager[] {keys}, trust, null);
        ConfiguredTls tls = ConfiguredTls.of(context, identity, keys, settings.sessions());
        if (before != null) {
            before.handLimitsTo(context);
        }
        return tls;
    }

    /** A context of the configured provider, or of the preferred one, not initialised yet. */
    private SSLContext newContext() throws GeneralSecurityException {
        Optional<Provider> provider = settings.engine()
                .provider()
                .flatMap(name -> JsseProviders.named(name.value().strip()));
        return provider.isPresent() ? JsseProviders.context(provider.get()) : JsseProviders.context();
    }

    /** What only JSSE's engines cannot honour matters only if they are used. */
    private KeyExchange check(Material material, SSLContext context, Problems ofJsse, Problems problems)
            throws SslContextException {
        KeyExchange keyExchange = check(context, ofJsse, problems);
        if (!problems.hasErrors()) {
            tryKeys(material, trial(context, keyExchange), problems);
        }
        throwErrors(problems);
        return keyExchange;
    }

    private HandshakeTrial trial(SSLContext context, KeyExchange keyExchange) {
        return new HandshakeTrial(
                context.getProvider(),
                EngineParameters.modern(context).with(settings.parameters()).with(keyExchange));
    }

    /** The first load of a context decides how long its first connection takes. A later one finds compiled code. */
    private void warmUp(Material material, KeyTrial trial) {
        if (before == null) {
            for (int i = 0; i < settings.engine().warmUp(); i++) {
                material.tryKeys(trial);
            }
        }
    }

    private KeyExchange check(SSLContext context, Problems ofJsse, Problems problems) {
        Problems parameters = new Problems();
        ParameterChecks.check(settings.parameters(), context, parameters);
        problems.addAll(parameters);
        TicketChecks.refuse(settings.sessions(), ofJsse);
        Problems found = new Problems();
        KeyExchange keyExchange = parameters.hasErrors()
                ? KeyExchange.DEFAULT
                : KeyExchangeChecks.check(
                        settings.engine(),
                        EngineParameters.modern(context)
                                .with(settings.parameters())
                                .protocols(context),
                        context,
                        found);
        ofJsse.addAll(found);
        return found.hasErrors() ? KeyExchange.DEFAULT : keyExchange;
    }

    /** There is no material, so there are problems. A context is made only to check the parameters too. */
    private ContextSnapshot refused(Problems problems) throws GeneralSecurityException, SslContextException {
        SSLContext context = newContext();
        context.init(null, null, null);
        check(context, settings.engine().kind() == EngineKind.JDK ? problems : new Problems(), problems);
        throwErrors(problems);
        throw new IllegalStateException(settings.name() + " has neither material nor problems");
    }

    private void throwErrors(Problems problems) throws SslContextException {
        if (problems.hasErrors()) {
            attempt.failed(problems);
            throw new SslContextException(settings.name().toString(), problems.errors());
        }
    }

    private static void requireProvider(Setting name, Problems problems) {
        if (JsseProviders.named(name.value().strip()).isEmpty()) {
            problems.error(
                    name,
                    "this JVM has no provider " + name.shown() + " for TLS"
                            + NearNames.suggest(name.value(), JsseProviders.names()),
                    "Use one of " + String.join(", ", JsseProviders.names())
                            + ", or register the provider in java.security or with Security.addProvider");
        }
    }

    /** With a bean, the period says when a bean that failed is asked again. */
    private void refusePeriodWithoutFiles(Problems problems) {
        if (attempt.state().isEmpty() && !callbacks.supplyMaterial() && !problems.hasErrors()) {
            settings.rotation()
                    .reloadSetting()
                    .ifPresent(period -> problems.error(
                            period,
                            settings.name() + " reads no file that could be watched",
                            "Remove this property, or keep the keys or the trust in files"));
        }
    }

    /** A callback may have a key for a name that no certificate of the context has. So it is asked before the name is refused. */
    private EngineParameters parameters(SSLContext context, Material material) {
        EngineParameters parameters = EngineParameters.modern(context);
        return material.keys()
                .nameMatcher()
                .filter(unused -> callbacks.clientHello().isEmpty())
                .map(parameters::accepting)
                .orElse(parameters);
    }

    private void tryKeys(Material material, KeyTrial trial, Problems problems) {
        KeyTrial.Outcome outcome = material.tryKeys(trial);
        if (outcome.failures().isEmpty()) {
            return;
        }
        String failures = " (" + String.join("; ", outcome.failures()) + ")";
        if (outcome.anyWorks()) {
            problems.warn(problem("a key can never be used by a server with these settings" + failures));
        } else {
            problems.error(problem("no handshake can be completed with its keys" + failures));
        }
    }

    private Problem problem(String fault) {
        return settings.parameters()
                .cipherSuites()
                .or(() -> settings.parameters().protocols())
                .or(() -> settings.engine().signatureSchemes().map(PreferenceList::setting))
                .or(() -> settings.engine().keyExchangeGroups().map(PreferenceList::setting))
                .map(chosen -> Problem.of(
                        chosen,
                        fault,
                        "Set protocols, cipher suites, groups and signature schemes that fit the type of the keys"))
                .orElseGet(() -> Problem.unset(
                        settings.property("cipher-suites"),
                        fault,
                        "Use an RSA key, or an EC key of a curve that this JVM supports"));
    }

    private Optional<Material> material(Problems problems) throws SslContextException {
        try {
            SuppliedMaterial supplied =
                    new MaterialBeans(settings, callbacks, problems).ask(attempt.changed(), attempt.subscriptions());
            MaterialReading reading = new MaterialReading(
                    callbacks.passwords(settings.name()), attempt.files(), problems, settings.rotation());
            Optional<Material> material = Material.read(settings, supplied, reading);
            return problems.hasErrors() ? Optional.empty() : material;
        } catch (SslCallbackException e) {
            throw new SslContextException(settings.name() + " cannot be loaded: " + e.getMessage(), e);
        }
    }

    private boolean choosesKeys() {
        return callbacks.clientHello().isPresent()
                || callbacks.certificateRequest().isPresent();
    }

    private TrustManager[] trustManagers(Material material, CallerRules callers) {
        return material.trust().managers().stream()
                .map(manager -> trust(manager, callers))
                .toArray(TrustManager[]::new);
    }

    /** The JDK's providers make extended trust managers. Any other is left unchanged, because JSSE itself checks more for it. */
    private TrustManager trust(TrustManager manager, CallerRules callers) {
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

    private ServerKey serverKey() {
        return settings.keyStore().isPresent()
                        || callbacks.clientHello().isPresent()
                        || callbacks.keySource().isPresent()
                ? ServerKey.assumed()
                : ServerKey.missing(howToAddKeys());
    }

    private String whyNoClientKey() {
        return settings.clientKeyStore().orElse(null) instanceof KeyStoreSettings.None none
                ? settings.name() + " sends no certificate, because "
                        + none.selector().property() + " is none"
                : settings.name() + " has no key. To send a certificate, " + howToAddKeys();
    }

    private String howToAddKeys() {
        return "set " + settings.property("key-store.p12.path") + " and .password, or "
                + settings.property("key-store.pem.0.cert") + " and .key";
    }
}
