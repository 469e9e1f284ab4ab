package io.sluice.internal.cli;

import io.sluice.internal.cli.cbom.CryptoInventory;
import io.sluice.internal.cli.cbom.CycloneDx;
import io.sluice.internal.cli.jmx.ServiceAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the inventory of an application's cryptography. */
@Command(
        name = "export",
        description = "Writes an inventory of certificates, keys, protocols, cipher suites and groups, from the"
                + " configuration or from a running service.")
final class ExportCommand extends ReportingCommand {

    private static final String STANDARD_OUTPUT = "-";
    private static final String UNNAMED = "application";

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Properties files, as with --config.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--cbom",
            required = true,
            paramLabel = "FILE",
            description = "Write a CycloneDX 1.6 document (CBOM) to this file; - is the standard output.")
    private String cbom = STANDARD_OUTPUT;

    @Option(
            names = "--service",
            paramLabel = "SERVICE",
            converter = ServiceOptions.Converter.class,
            description = "Ask this running service, as describe does, instead of reading the configuration.")
    private Optional<ServiceAddress> service = Optional.empty();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The name of the application in the inventory. A service knows its own.")
    private Optional<String> name = Optional.empty();

    @Mixin
    private final ServiceOptions options = new ServiceOptions();

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    ExportCommand() {}

    @Override
    Report report() throws CommandFailure {
        CbomReport report = new CbomReport(CycloneDx.document(inventory(), CliVersion.ofJar()));
        if (cbom.equals(STANDARD_OUTPUT)) {
            return report;
        }
        Path file = Path.of(cbom);
        OutputFile.write(file, toJson(report.json()));
        return new WrittenReport("CBOM", file);
    }

    private CryptoInventory inventory() throws CommandFailure {
        if (service.isEmpty()) {
            return ConfiguredInventory.of(configuration.application(files), name.orElse(UNNAMED));
        }
        if (!files.isEmpty()) {
            throw CommandFailure.usage("name either properties files or a service");
        }
        progress("asking " + service.get());
        CryptoInventory inventory = CryptoInventory.of(options.document(service.get(), configuration));
        return name.map(inventory::named).orElse(inventory);
    }
}
