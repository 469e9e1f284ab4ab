package io.sluice.internal.health;

import io.sluice.context.ContextDescription;
import io.sluice.internal.settings.ContextName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * What the readiness check says about one context.
 *
 * @param context the context
 * @param keys the certificate of its keys that expires first
 * @param trust the trusted certificate that expires first
 */
record ContextHealth(ContextDescription context, Optional<Expiry> keys, Optional<Expiry> trust) {

    static ContextHealth of(ContextDescription context) {
        return new ContextHealth(
                context,
                Expiry.earliest(context.keys().stream().flatMap(key -> key.chain().stream())),
                Expiry.earliest(context.trustAnchors().stream()));
    }

    void describe(HealthCheckResponseBuilder response, HealthSettings settings, Instant now) {
        String prefix = "context." + context.name() + ".";
        response.withData(prefix + "generation", context.generation());
        context.loadedAt().ifPresent(time -> response.withData(prefix + "loadedAt", time.toString()));
        keys.ifPresent(expiry -> expiry.describe(response, prefix + "key.", now));
        trust.ifPresent(expiry -> expiry.describe(response, prefix + "trust.", now));
        if (!context.problems().isEmpty()) {
            response.withData(prefix + "problems", String.join(" ", context.problems()));
        }
        Optional.ofNullable(settings.warmUps().get(context.name()))
                .ifPresent(handshakes -> response.withData(prefix + "warmUp", isLoaded() ? handshakes : 0));
    }

    private boolean isLoaded() {
        return context.generation() > 0;
    }

    /**
     * Why an application with this context is not ready, if expired and unusable material counts. A failed reload is no reason, because the
     * material before it is in use.
     */
    List<String> reasons(Instant now) {
        List<String> reasons = new ArrayList<>();
        String name = ContextName.quoted(context.name());
        keys.filter(expiry -> expiry.hasPassed(now))
                .ifPresent(expiry -> reasons.add("the key of " + name + ": " + expiry.words()));
        trust.filter(expiry -> expiry.hasPassed(now))
                .ifPresent(expiry -> reasons.add("the trust of " + name + ": " + expiry.words()));
        if (!isLoaded() && !context.problems().isEmpty()) {
            reasons.add(name + " cannot be loaded");
        }
        return reasons;
    }
}
