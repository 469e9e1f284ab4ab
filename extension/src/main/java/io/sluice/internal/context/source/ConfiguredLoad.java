package io.sluice.internal.context.source;

import io.sluice.context.ContextSnapshot;
import io.sluice.context.SslContextException;
import io.sluice.internal.context.LoadAttempt;
import io.sluice.internal.context.handshake.ContextCallbacks;
import io.sluice.internal.context.handshake.SslCallbackException;
import io.sluice.internal.jsse.RootCause;
import io.sluice.internal.material.Material;
import io.sluice.internal.material.MaterialReading;
import io.sluice.internal.material.SuppliedMaterial;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.Problems;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** One load of a context whose keys and trust are configured: reads the material, from which {@link NewContext} makes the context. */
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
        settings.engine().provider().ifPresent(name -> JsseChecks.requireProvider(name, problems));
        try {
            return read.isPresent() ? made(read.get(), tickets, problems) : refused(problems);
        } catch (GeneralSecurityException e) {
            throw SslContextException.wrap(settings.name() + " cannot be made", e);
        } catch (IllegalStateException e) { // BouncyCastle's JSSE, if its other provider is missing.
            throw new SslContextException(settings.name() + " cannot be made: " + RootCause.of(e), e);
        }
    }

    private ContextSnapshot made(Material material, List<byte[]> tickets, Problems problems)
            throws GeneralSecurityException, SslContextException {
        NewContext context = new NewContext(settings, callbacks, material, attempt, problems, before);
        ContextSnapshot snapshot = context.snapshot(tickets);
        made = context.made();
        return snapshot;
    }

    /** The context that was made or used again. Only after {@link #snapshot()} has succeeded. */
    @Nullable
    ConfiguredTls tls() {
        return made;
    }

    /** There is no material, so there are problems. A context is made only to check the parameters too. */
    private ContextSnapshot refused(Problems problems) throws GeneralSecurityException, SslContextException {
        SSLContext context = JsseChecks.newContext(settings);
        context.init(null, null, null);
        JsseChecks.of(settings, problems).check(context);
        attempt.throwErrors(settings.name(), problems);
        throw new IllegalStateException(settings.name() + " has neither material nor problems");
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
}
