package io.sluice.internal.cdi.context;

import io.sluice.context.KeyMaterialSource;
import io.sluice.context.TrustMaterialSource;
import io.sluice.context.callback.VerifyCallback;
import io.sluice.internal.cdi.container.SuppliedBeans;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.SettingsReading;
import io.sluice.internal.settings.TrustStoreSettings;
import java.util.List;
import java.util.Optional;

/**
 * Beans of a context are not inherited with its settings. A context whose parent has its keys or its trust from a bean would have the
 * JDK's trust, or no key, and nobody would notice. So it must say what it uses instead.
 *
 * @param supplied the application's beans
 */
record InheritedBeans(SuppliedBeans supplied) {

    /** Adds its problems to a reading. */
    SettingsReading checked(SettingsReading reading) {
        reading.settings().ifPresent(settings -> check(settings, reading.problems()));
        return reading;
    }

    void check(ContextSettings settings, Problems problems) {
        if (settings.managed().isPresent() || settings.inherits().isEmpty()) {
            return;
        }
        if (settings.keyStore().isEmpty() && settings.clientKeyStore().isEmpty()) {
            refuse(KeyMaterialSource.class, settings, settings.inherits().size(), problems);
        }
        if (settings.trustStore().equals(new TrustStoreSettings.Jdk(Optional.empty()))) {
            refuse(TrustMaterialSource.class, settings, settings.inherits().size(), problems);
        }
        if (!supplied.hasContext(settings.name().value(), TrustMaterialSource.class)) {
            refuse(VerifyCallback.class, settings, distanceOfTrust(settings), problems);
        }
    }

    /** How many parents away the context is whose trust store is used. A parent beyond it decides about other certificates. */
    private static int distanceOfTrust(ContextSettings settings) {
        String property = settings.trustStore().property().orElse("");
        if (property.startsWith(settings.property(""))) {
            return 0;
        }
        List<Setting> links = settings.inherits();
        for (int i = 0; i < links.size(); i++) {
            if (property.startsWith(parent(links.get(i)).property(""))) {
                return i + 1;
            }
        }
        return links.size();
    }

    /** Reports the nearest parent that has the bean, unless the context has one itself. */
    private void refuse(Class<?> kind, ContextSettings settings, int parents, Problems problems) {
        if (supplied.hasContext(settings.name().value(), kind)) {
            return;
        }
        settings.inherits().stream()
                .limit(parents)
                .filter(link -> supplied.hasContext(parent(link).value(), kind))
                .findFirst()
                .ifPresent(link -> problems.error(
                        link,
                        settings.name() + " would inherit from " + parent(link) + " without its " + kind.getSimpleName()
                                + " bean, because beans are not inherited",
                        remedy(kind, settings)));
    }

    private static String remedy(Class<?> kind, ContextSettings settings) {
        String store = kind == KeyMaterialSource.class
                ? settings.property("key-store.…") + " (or " + settings.property("client-key-store.kind")
                        + "=none if it needs no key)"
                : settings.property("trust-store.…");
        return "Set " + store + ", or supply an "
                + ContextName.qualifier(settings.name().value()) + " " + kind.getSimpleName()
                + ", or name another parent";
    }

    private static ContextName parent(Setting link) {
        return new ContextName(link.value().strip());
    }
}
