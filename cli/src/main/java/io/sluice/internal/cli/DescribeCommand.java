package io.sluice.internal.cli;

import io.sluice.internal.cli.document.ServiceDocument;
import io.sluice.internal.cli.jmx.ServiceAddress;
import io.sluice.internal.cli.page.ServicePage;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Describes a running service. */
@Command(
        name = "describe",
        description = "Asks a running service through JMX for its contexts, certificates, endpoints, connections and"
                + " failed handshakes.")
final class DescribeCommand extends ReportingCommand {

    @Parameters(
            arity = "0..1",
            paramLabel = "SERVICE",
            converter = ServiceOptions.Converter.class,
            description = "The id of a process of this machine, host:port of a JMX agent, or a URL service:jmx:….")
    private Optional<ServiceAddress> service = Optional.empty();

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Describe from a file that 'describe --json' has written, instead of a service.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page for browsers to this file instead of text.")
    private Optional<Path> html = Optional.empty();

    @Mixin
    private final ServiceOptions options = new ServiceOptions();

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    DescribeCommand() {}

    @Override
    Report report() throws CommandFailure {
        if (service.isPresent() == file.isPresent()) {
            throw CommandFailure.usage("name either a service or a document with --file");
        }
        ServiceDocument document = file.isPresent() ? DocumentFile.read(file.get()) : ask(service.orElseThrow());
        if (html.isPresent()) {
            OutputFile.write(html.get(), new ServicePage(document).html());
            return new WrittenReport("page", html.get());
        }
        return new DescribeReport(document);
    }

    private ServiceDocument ask(ServiceAddress address) throws CommandFailure {
        progress("asking " + address);
        return options.document(address, configuration);
    }
}
