package io.sluice.internal.context;

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
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Checks that the JSSE provider of a context honours its settings.
 *
 * @param settings the settings
 * @param first whether it is the first load of the context
 */
record JsseChecks(ContextSettings settings, boolean first) {

    void requireProvider(Problems problems) {
        settings.engine().provider().ifPresent(name -> requireProvider(name, problems));
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

    /** A context of the configured provider, or of the preferred one, not initialised yet. */
    SSLContext newContext() throws GeneralSecurityException {
        Optional<Provider> provider = settings.engine()
                .provider()
                .flatMap(name -> JsseProviders.named(name.value().strip()));
        return provider.isPresent() ? JsseProviders.context(provider.get()) : JsseProviders.context();
    }

    /** What JSSE alone cannot honour is a problem only if its engines are used. */
    KeyExchange check(Material material, SSLContext context, Problems problems, Problems ofJsse) {
        KeyExchange keyExchange = check(context, problems, ofJsse);
        if (!problems.hasErrors()) {
            EngineParameters parameters =
                    EngineParameters.modern(context).with(settings.parameters()).with(keyExchange);
            HandshakeTrial trial = new HandshakeTrial(context.getProvider(), parameters);
            tryKeys(material, trial, problems);
            warmUp(material, trial, problems);
        }
        if (settings.engine().kind() == EngineKind.JDK) {
            problems.addAll(ofJsse);
        }
        return keyExchange;
    }

    /** The first load of a context decides how long its first connection takes. A later one finds compiled code. */
    private void warmUp(Material material, KeyTrial trial, Problems problems) {
        if (first && !problems.hasErrors()) {
            for (int i = 0; i < settings.engine().warmUp(); i++) {
                material.tryKeys(trial);
            }
        }
    }

    KeyExchange check(SSLContext context, Problems problems, Problems ofJsse) {
        Problems ofParameters = new Problems();
        ParameterChecks.check(settings.parameters(), context, ofParameters);
        problems.addAll(ofParameters);
        TicketChecks.refuse(settings.sessions(), ofJsse);
        if (ofParameters.hasErrors()) {
            return KeyExchange.DEFAULT;
        }
        EngineParameters parameters = EngineParameters.modern(context).with(settings.parameters());
        KeyExchange keyExchange =
                KeyExchangeChecks.check(settings.engine(), parameters.protocols(context), context, ofJsse);
        return ofJsse.hasErrors() ? KeyExchange.DEFAULT : keyExchange;
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

    Problem problem(String fault) {
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
}
