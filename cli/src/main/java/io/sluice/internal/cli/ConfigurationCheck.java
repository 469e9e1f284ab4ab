package io.sluice.internal.cli;

import io.sluice.context.SslContextException;
import io.sluice.internal.context.ContextRegistry.Invalid;
import io.sluice.internal.context.ReloadableContext;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.NearNames;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All problems of a configuration, as a deployment would report them. What a bean of the application could supply is a warning. Used once.
 */
final class ConfigurationCheck {

    private final ConfiguredApplication application;
    private final Set<Finding> errors = new LinkedHashSet<>();
    private final Set<Finding> warnings = new LinkedHashSet<>();

    private ConfigurationCheck(ConfiguredApplication application) {
        this.application = application;
    }

    /** {@return all problems, the errors first} */
    static List<Finding> of(ConfiguredApplication application) {
        ConfigurationCheck check = new ConfigurationCheck(application);
        check.run();
        Set<Finding> all = new LinkedHashSet<>(check.errors);
        all.addAll(check.warnings);
        return List.copyOf(all);
    }

    private void run() {
        Problems problems = new Problems();
        problems.addAll(application.problems());
        application.configuration().reportUnknownKeys(problems);
        application.configuration().journal(problems);
        application.configuration().management(problems);
        application.configuration().isUnreadyWhenExpired(problems);
        application.configuration().reportUnconfiguredContexts(existing(), problems);
        problems.errors().stream().map(Finding::error).forEach(errors::add);
        problems.warnings().stream().map(Finding::warning).forEach(warnings::add);
        List<Invalid> invalid = application.contexts().validate();
        invalid.forEach(context -> errors.addAll(Finding.of(context.cause())));
        Set<String> unusable = invalid.stream().map(Invalid::context).collect(Collectors.toSet());
        application.contextNames().stream()
                .filter(name -> !unusable.contains(name))
                .forEach(this::warningsOf);
        application.managedNames().forEach(this::unchecked);
        application.endpoints().forEach((name, context) -> endpoint(name, context, unusable));
    }

    private Set<String> existing() {
        Set<String> existing = new TreeSet<>(application.contexts().names());
        existing.addAll(application.managedNames());
        return existing;
    }

    private void warningsOf(String name) {
        ReloadableContext.behind(application.contexts().get(name)).ifPresent(context -> {
            try {
                context.load().warnings().stream().map(Finding::warning).forEach(warnings::add);
            } catch (SslContextException e) {
                errors.addAll(Finding.of(e));
            }
        });
    }

    private void unchecked(String name) {
        warnings.add(Finding.warning(ContextName.quoted(name)
                + " is managed by an application server, so its keys and trust were not checked."));
    }

    private void endpoint(String name, String context, Set<String> unusable) {
        if (ContextName.NONE.is(context)) {
            return;
        }
        if (!ContextName.isValid(context)) {
            errors.add(Finding.error(ofEndpoint(
                    name, ContextName.invalid(context) + NearNames.suggest(context, existing()), ContextName.FORM)));
        } else if (!existing().contains(context)) {
            warnings.add(Finding.warning(ofEndpoint(
                    name,
                    "the endpoint uses " + ContextName.quoted(context) + ", which nothing configures"
                            + NearNames.suggest(context, existing()),
                    "Configure sluice.ssl." + context + ".…, or correct the name, or set none for plaintext, unless"
                            + " the annotation names another context or a bean supplies this one")));
        } else if (!unusable.contains(context) && !application.managedNames().contains(context)) {
            requireKey(name, context);
        }
    }

    private void requireKey(String name, String context) {
        ReloadableContext.behind(application.contexts().get(context)).ifPresent(known -> {
            try {
                known.load().requireServerKey(known.description());
            } catch (SslContextException e) {
                warnings.add(Finding.warning(ofEndpoint(
                        name,
                        String.valueOf(e.getMessage()),
                        "Configure a key, unless a bean of the application supplies it")));
            }
        });
    }

    private static Problem ofEndpoint(String name, String fault, String remedy) {
        return new Problem("sluice.endpoint." + name + ".ssl", Optional.of("the configuration"), fault, remedy);
    }
}
