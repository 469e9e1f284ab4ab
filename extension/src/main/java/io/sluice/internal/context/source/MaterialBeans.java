package io.sluice.internal.context.source;

import io.sluice.context.KeyMaterial;
import io.sluice.context.KeyMaterialSource;
import io.sluice.context.TrustMaterialSource;
import io.sluice.internal.context.MaterialSubscriptions;
import io.sluice.internal.context.handshake.ContextCallbacks;
import io.sluice.internal.context.handshake.ContextCallbacks.LazyCallback;
import io.sluice.internal.material.KeyEntry;
import io.sluice.internal.material.SuppliedMaterial;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Asks the beans of a context that supply keys or trust. */
record MaterialBeans(ContextSettings settings, ContextCallbacks callbacks, Problems problems) {

    SuppliedMaterial ask(Runnable changed, MaterialSubscriptions subscriptions) {
        Optional<Setting> keySource = callbacks.keySource().map(bean -> named(bean, KeyMaterialSource.class));
        Optional<Setting> trustSource = callbacks.trustSource().map(bean -> named(bean, TrustMaterialSource.class));
        keySource.ifPresent(source -> settings.keyStore().ifPresent(unused -> refuseBoth(source, "key-store")));
        trustSource
                .filter(unused -> settings.trustStore().property().isPresent())
                .ifPresent(source -> refuseBoth(source, "trust-store"));
        callbacks.keySource().ifPresent(bean -> subscriptions.subscribe(bean, changed));
        callbacks.trustSource().ifPresent(bean -> subscriptions.subscribe(bean, changed));
        return new SuppliedMaterial(
                keySource,
                keySource
                        .map(source -> keys(callbacks.keySource().orElseThrow(), source))
                        .orElse(List.of()),
                trustSource,
                trustSource
                        .map(source -> trusted(callbacks.trustSource().orElseThrow(), source))
                        .orElse(List.of()));
    }

    private Setting named(LazyCallback<?> bean, Class<?> type) {
        String qualifier = ContextName.qualifier(settings.name().value());
        return Setting.of(qualifier + " " + type.getSimpleName(), bean.description(), "");
    }

    private void refuseBoth(Setting source, String key) {
        problems.error(
                source, settings.property(key) + ".… is also configured", "Remove the bean, or these properties");
    }

    private List<KeyEntry> keys(LazyCallback<KeyMaterialSource> bean, Setting source) {
        Collection<KeyMaterial> keys =
                supplied(() -> bean.bean().keys(), source, "no key", "Make the source supply at least one key");
        Set<String> names = new HashSet<>();
        return keys.stream()
                .map(key -> {
                    if (!names.add(key.name())) {
                        problems.error(
                                source,
                                "it supplies two keys with the name '" + key.name() + "'",
                                "Give each key its own name");
                    }
                    return new KeyEntry(key.name(), key.key(), key.chain(), source.source());
                })
                .toList();
    }

    private List<X509Certificate> trusted(LazyCallback<TrustMaterialSource> bean, Setting source) {
        return List.copyOf(supplied(
                () -> bean.bean().certificates(),
                source,
                "no trusted certificate",
                "Make the source supply at least one certificate"));
    }

    private <T> Collection<T> supplied(
            Callable<? extends @Nullable Collection<T>> call, Setting source, String nothing, String remedy) {
        try {
            Collection<T> supplied = call.call();
            if (supplied != null && !supplied.isEmpty()) {
                return List.copyOf(supplied);
            }
            problems.error(source, "it supplies " + nothing, remedy);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            problems.error(source, "it was interrupted", "Load the context again");
        } catch (Exception | Error e) { // A driver that lacks a class must not end the watch.
            problems.error(Problem.of(source, "it failed (" + e + ")", "Correct the cause"));
        }
        return List.of();
    }
}
