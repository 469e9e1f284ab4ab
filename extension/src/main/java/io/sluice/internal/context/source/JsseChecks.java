package io.sluice.internal.context.source;

import io.sluice.context.SslContextException;
import io.sluice.internal.context.LoadAttempt;
import io.sluice.internal.engine.HandshakeTrial;
import io.sluice.internal.jsse.EngineParameters;
import io.sluice.internal.jsse.JsseProviders;
import io.sluice.internal.jsse.KeyExchange;
import io.sluice.internal.material.KeyTrial;
import io.sluice.internal.material.Material;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.EngineKind;
import io.sluice.internal.settings.NearNames;
import io.sluice.internal.settings.PreferenceList;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * Checks whether the engines of a configured JSSE context can honour the settings.
 *
 * @param settings the settings
 * @param problems what is wrong with any engine
 * @param ofJsse what only JSSE's engines cannot honour, which matters only if they are used; the same as {@code problems} if they are
 */
record JsseChecks(ContextSettings settings, Problems problems, Problems ofJsse) {

    static JsseChecks of(ContextSettings settings, Problems problems) {
        return new JsseChecks(
                settings, problems, settings.engine().kind() == EngineKind.JDK ? problems : new Problems());
    }

    /** Makes a context of the configured provider, or of the preferred one, not initialised yet. */
    static SSLContext newContext(ContextSettings settings) throws GeneralSecurityException {
        Optional<Provider> provider = settings.engine()
                .provider()
                .flatMap(name -> JsseProviders.named(name.value().strip()));
        return provider.isPresent() ? JsseProviders.context(provider.get()) : JsseProviders.context();
    }

    static void requireProvider(Setting name, Problems problems) {
        if (JsseProviders.named(name.value().strip()).isEmpty()) {
            problems.error(
                    name,
                    "this JVM has no provider " + name.shown() + " for TLS"
                            + NearNames.suggest(name.value(), JsseProviders.names()),
                    "Use one of " + String.join(", ", JsseProviders.names())
                            + ", or register the provider in java.security or with Security.addProvider");
        }
    }

    /** Checks all settings, and each key if there is no problem. Returns what is negotiated in a key exchange. */
    KeyExchange check(SSLContext context, Material material, LoadAttempt attempt) throws SslContextException {
        KeyExchange keyExchange = check(context);
        if (!problems.hasErrors()) {
            tryKeys(material, trial(context, keyExchange));
        }
        attempt.throwErrors(settings.name(), problems);
        return keyExchange;
    }

    /** The same without keys. */
    KeyExchange check(SSLContext context) {
        Problems parameters = new Problems();
        ParameterChecks.check(settings.parameters(), context, parameters);
        problems.addAll(parameters);
        refuseTickets();
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

    /** The engines of all JSSE providers decide about their tickets themselves. */
    private void refuseTickets() {
        Stream.of(settings.sessions().tickets(), settings.sessions().ticketKeys())
                .flatMap(Optional::stream)
                .forEach(setting -> ofJsse.error(
                        setting,
                        "only the engine boringssl has settings for tickets",
                        "Set engine=boringssl and add the jar io.sluice:sluice-boringssl, or remove this property"));
    }

    /** A trial of a key with a context's engines. */
    KeyTrial trial(SSLContext context, KeyExchange keyExchange) {
        return HandshakeTrial.of(
                context.getProvider(),
                EngineParameters.modern(context).with(settings.parameters()).with(keyExchange));
    }

    private void tryKeys(Material material, KeyTrial trial) {
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

    /** The settings that only JSSE's engines do not honour. Empty if they are used. */
    List<Problem> ignored() {
        return ofJsse.errors();
    }

    /** JSSE's engines are used, so what they cannot honour is a problem. */
    void areUsed() {
        if (problems != ofJsse) {
            problems.addAll(ofJsse);
        }
    }
}
