package io.sluice.internal.config;

import io.sluice.internal.settings.ClientAuth;
import io.sluice.internal.settings.NearNames;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.ReportOnlyPolicy;
import io.sluice.internal.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the policies of a context that are only reported. */
final class PolicyReader {

    private final ContextProperties properties;
    private final Problems problems;

    PolicyReader(ContextProperties properties, Problems problems) {
        this.properties = properties;
        this.problems = problems;
    }

    List<ReportOnlyPolicy> read() {
        List<ReportOnlyPolicy> policies = new ArrayList<>();
        Optional<Setting> listed = properties.value(ParameterKeys.REPORT_ONLY);
        listed.map(Setting::list).orElse(List.of()).stream().distinct().forEach(word -> {
            Setting element = listed.orElseThrow().element(word);
            Optional<ReportOnlyPolicy> policy = ReportOnlyPolicy.of(element);
            policy.ifPresentOrElse(policies::add, () -> reportUnknown(element));
        });
        return policies;
    }

    private void reportUnknown(Setting element) {
        problems.error(
                element,
                "there is no policy " + element.shown() + NearNames.suggest(element.value(), ReportOnlyPolicy.forms()),
                "Use " + String.join(", ", ReportOnlyPolicy.forms()));
    }

    /** Warns of a policy about certificates that no client is asked for. */
    List<ReportOnlyPolicy> read(Optional<ClientAuth> clientAuth) {
        List<ReportOnlyPolicy> policies = read();
        policies.stream()
                .filter(policy -> policy.kind() == ReportOnlyPolicy.Kind.CLIENT_CERT)
                .filter(policy -> clientAuth.orElse(ClientAuth.NONE) == ClientAuth.NONE)
                .forEach(policy -> problems.warn(
                        policy.setting(),
                        "the policy client-cert checks nothing, because no client is asked for a certificate",
                        "Set " + properties.name(ParameterKeys.CLIENT_AUTH)
                                + " to want, so that clients may send one, or remove the policy"));
        return policies;
    }
}
