package io.sluice.internal.cdi.context;

import io.sluice.internal.config.SluiceConfiguration;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.NearNames;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.ReportOnlyPolicy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The report-only policies of all contexts.
 *
 * @param byContext the policies by the names of the contexts that have any
 */
public record ReportedPolicies(Map<String, List<ReportOnlyPolicy>> byContext) {

    /** The policies of contexts of some names. */
    public static ReportedPolicies of(SluiceConfiguration configuration, Set<String> names) {
        Map<String, List<ReportOnlyPolicy>> found = new TreeMap<>();
        names.forEach(name -> found.put(name, configuration.policies(new ContextName(name))));
        found.values().removeIf(List::isEmpty);
        return new ReportedPolicies(found);
    }

    /** Reports the policies that name a context which does not exist, once all beans are known. */
    public void reportUnknownContexts(Set<String> existing, Problems problems) {
        byContext.values().stream()
                .flatMap(List::stream)
                .forEach(policy -> policy.trust()
                        .filter(name -> !existing.contains(name))
                        .ifPresent(name -> problems.error(
                                policy.setting(),
                                "the policy " + policy.word() + " names " + ContextName.quoted(name)
                                        + ", which does not exist" + NearNames.suggest(name, existing),
                                "Correct the name, or configure the context whose trust is to be checked")));
    }
}
