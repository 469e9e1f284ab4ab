package io.sluice.internal.cli;

import io.sluice.context.CertificateDescription;
import io.sluice.context.ContextDescription;
import io.sluice.internal.cli.ExpiringCertificate.Use;
import io.sluice.internal.context.ContextRegistry.Invalid;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists the certificates that expire soon. */
@Command(
        name = "expire",
        description = "Lists the certificates of the configured contexts that expire within a time, the first to expire"
                + " first.")
final class ExpireCommand extends ReportingCommand {

    @Parameters(
            index = "0",
            paramLabel = "TIME",
            converter = DurationOption.class,
            description = "How far to look ahead, such as 30d or 12h.")
    private Duration within = Duration.ZERO;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "FILE",
            description = "Properties files, as with --config.")
    private List<Path> files = new ArrayList<>();

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    ExpireCommand() {}

    @Override
    Report report() throws CommandFailure {
        ConfiguredApplication application = configuration.application(files);
        List<Invalid> invalid = application.contexts().validate();
        Set<String> unusable = invalid.stream().map(Invalid::context).collect(Collectors.toSet());
        Instant now = Instant.now();
        Instant end = now.plus(within);
        List<ExpiringCertificate> expiring = application.contextNames().stream()
                .filter(name -> !unusable.contains(name))
                .map(application.contexts()::describe)
                .flatMap(ExpireCommand::certificates)
                .filter(known -> !known.certificate().notAfter().isAfter(end))
                .distinct()
                .sorted(Comparator.comparing(known -> known.certificate().notAfter()))
                .toList();
        List<Finding> findings = invalid.stream()
                .flatMap(context -> Finding.of(context.cause()).stream())
                .toList();
        return new ExpiryReport(within, now, application.contextNames(), expiring, findings);
    }

    private static Stream<ExpiringCertificate> certificates(ContextDescription context) {
        Stream<ExpiringCertificate> ofKeys =
                context.keys().stream().flatMap(key -> ofChain(context.name(), key.chain()));
        return Stream.concat(
                ofKeys,
                context.trustAnchors().stream()
                        .map(anchor -> new ExpiringCertificate(context.name(), Use.TRUST, anchor)));
    }

    private static Stream<ExpiringCertificate> ofChain(String context, List<CertificateDescription> chain) {
        return Stream.concat(
                chain.stream().limit(1).map(own -> new ExpiringCertificate(context, Use.KEY, own)),
                chain.stream().skip(1).map(issuer -> new ExpiringCertificate(context, Use.CHAIN, issuer)));
    }
}
