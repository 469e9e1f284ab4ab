package io.sluice.internal.config;

import io.sluice.internal.caller.CallerRules;
import io.sluice.internal.settings.AllowSettings;
import io.sluice.internal.settings.CallerKind;
import io.sluice.internal.settings.ClientAuth;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.TrustStoreSettings;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads which clients may connect. A rule that does not keep anybody out is an error. */
final class AllowReader {

    private final ContextProperties properties;
    private final Problems problems;

    AllowReader(ContextProperties properties, Problems problems) {
        this.properties = properties;
        this.problems = problems;
    }

    AllowSettings read(ContextName context, Optional<ClientAuth> clientAuth) {
        AllowSettings settings = new AllowSettings(
                Arrays.stream(CallerKind.values()).flatMap(this::rules).toList());
        CallerRules.of(context, settings, problems);
        settings.first()
                .filter(rule -> !clientAuth.equals(Optional.of(ClientAuth.NEED)))
                .ifPresent(this::reportOptionalCertificate);
        return settings;
    }

    private Stream<AllowSettings.Rule> rules(CallerKind kind) {
        return properties.value(AllowKeys.key(kind)).stream().flatMap(list -> {
            if (list.list().isEmpty()) {
                problems.error(list, "the list is empty, so the rule can match nothing", "Add a name, or remove it");
            }
            return list.list().stream().map(pattern -> new AllowSettings.Rule(kind, list.element(pattern)));
        });
    }

    private void reportOptionalCertificate(Setting rule) {
        String name = properties.name(ParameterKeys.CLIENT_AUTH);
        problems.error(
                rule,
                "a client needs no certificate, because " + name
                        + properties
                                .value(ParameterKeys.CLIENT_AUTH)
                                .map(value -> " is " + value.value())
                                .orElse(" is not set")
                        + ", so the rule keeps nobody out",
                "Set " + name + "=need, or remove the rule");
    }

    /** Checks that the trust verifies the names. */
    void check(AllowSettings settings, TrustStoreSettings trust) {
        if (trust instanceof TrustStoreSettings.All all) {
            settings.first()
                    .ifPresent(rule -> problems.error(
                            rule,
                            all.setting().property()
                                    + " accepts every certificate, so anybody can have the names of the rule",
                            "Configure the authorities to trust with " + properties.name(TrustStoreKeys.PEM)
                                    + ", or remove the rule"));
        }
    }
}
