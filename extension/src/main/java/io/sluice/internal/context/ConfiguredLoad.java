package io.sluice.internal.context;

import io.sluice.context.ContextSnapshot;
import io.sluice.context.ServerKey;
import io.sluice.context.SslContextException;
import io.sluice.internal.jsse.EngineParameters;
import io.sluice.internal.jsse.RootCause;
import io.sluice.internal.jsse.SessionLimits;
import io.sluice.internal.material.KeyTrial;
import io.sluice.internal.material.Material;
import io.sluice.internal.material.MaterialReading;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.FilesRead;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.TrustStoreSettings;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** One load of a context whose keys and trust are configured: reads and tries the material. */
final class ConfiguredLoad {

    private final ContextSettings settings;
    private final ContextCallbacks callbacks;
    private final FilesRead files = new FilesRead();

    ConfiguredLoad(ContextSettings settings, ContextCallbacks callbacks) {
        this.settings = settings;
        this.callbacks = callbacks;
    }

    ContextSnapshot snapshot() throws SslContextException {
        Problems problems = new Problems();
        Optional<Material> material = material(problems);
        if (!choosesKeys()) {
            material.ifPresent(
                    read -> settings.keyStore().ifPresent(store -> read.warnOfUnreachableKeys(store, problems)));
        }
        SSLContext context = context(material);
        ParameterChecks.check(settings.parameters(), context, problems);
        if (!problems.hasErrors()) {
            material.ifPresent(read -> tryKeys(read, context, problems));
        }
        if (problems.hasErrors()) {
            throw new SslContextException(settings.name().toString(), problems.errors());
        }
        return ContextSnapshot.of(context, parameters(context, material), serverKey())
                .with(settings.parameters())
                .withMaterial(material, problems.warnings());
    }

    /** A callback may have a key for a name that no certificate of the context has. So it is asked before the name is refused. */
    private EngineParameters parameters(SSLContext context, Optional<Material> material) {
        EngineParameters parameters = EngineParameters.modern(context);
        return material.filter(unused -> callbacks.clientHello().isEmpty())
                .flatMap(read -> read.keys().nameMatcher())
                .map(parameters::accepting)
                .orElse(parameters);
    }

    private void tryKeys(Material material, SSLContext context, Problems problems) {
        EngineParameters parameters = EngineParameters.modern(context).with(settings.parameters());
        KeyTrial.Outcome outcome = material.tryKeys(new HandshakeTrial(parameters.serverEngine()));
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
                .map(chosen ->
                        Problem.of(chosen, fault, "Set protocols and cipher suites that fit the type of the keys"))
                .orElseGet(() -> Problem.unset(
                        settings.property("cipher-suites"),
                        fault,
                        "Use an RSA key, or an EC key of a curve that this JVM supports"));
    }

    private Optional<Material> material(Problems problems) throws SslContextException {
        try {
            return Material.read(settings, new MaterialReading(callbacks.passwords(settings.name()), files, problems));
        } catch (SslCallbackException e) {
            throw new SslContextException(settings.name() + " cannot be loaded: " + e.getMessage(), e);
        }
    }

    /** If there is no material, there are problems. The context is then made only to check the parameters too. */
    private SSLContext context(Optional<Material> material) throws SslContextException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    material.map(this::keyManagers).orElse(null),
                    material.map(this::trustManagers).orElse(null),
                    null);
            SessionLimits.apply(settings.sessions(), context);
            return context;
        } catch (GeneralSecurityException e) {
            throw SslContextException.wrap(settings.name() + " cannot be made", e);
        } catch (IllegalStateException e) { // BouncyCastle's JSSE, if its other provider is missing.
            throw new SslContextException(settings.name() + " cannot be made: " + RootCause.of(e), e);
        }
    }

    private KeyManager[] keyManagers(Material material) {
        return new KeyManager[] {new CallbackKeyManager(settings.name(), material.keys(), callbacks, howToAddKeys())};
    }

    private boolean choosesKeys() {
        return callbacks.clientHello().isPresent()
                || callbacks.certificateRequest().isPresent();
    }

    private TrustManager[] trustManagers(Material material) {
        return material.trust().managers().stream().map(this::trust).toArray(TrustManager[]::new);
    }

    /** The JDK's providers make extended trust managers. Any other is left unchanged, because JSSE itself checks more for it. */
    private TrustManager trust(TrustManager manager) {
        if (!(manager instanceof X509ExtendedTrustManager extended)) {
            return manager;
        }
        HostIdentification identification = HostIdentification.of(settings.parameters());
        return settings.trustStore() instanceof TrustStoreSettings.All
                ? VerifyingTrustManager.ofEverybody(settings.name(), extended, identification, callbacks.verify())
                : VerifyingTrustManager.checking(settings.name(), extended, identification, callbacks.verify());
    }

    private ServerKey serverKey() {
        return settings.keyStore().isPresent() || callbacks.clientHello().isPresent()
                ? ServerKey.assumed()
                : ServerKey.missing(howToAddKeys());
    }

    private String howToAddKeys() {
        return "set " + settings.property("key-store.p12.path") + " and .password, or "
                + settings.property("key-store.pem.0.cert") + " and .key";
    }
}
