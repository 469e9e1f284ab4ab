package io.sluice.internal.cli;

import io.sluice.internal.cli.document.ContextEntry;
import io.sluice.internal.cli.jmx.RunningService;
import io.sluice.internal.cli.jmx.ServiceAddress;
import io.sluice.internal.cli.jmx.ServiceException;
import io.sluice.internal.cli.jmx.ServiceException.Fault;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Has a running service load a context again. */
@Command(
        name = "reload",
        description = "Has a running service load a context again, without waiting for its next look at the files.")
final class ReloadCommand extends ReportingCommand {

    @Parameters(
            index = "0",
            paramLabel = "SERVICE",
            converter = ServiceOptions.Converter.class,
            description = "The service, as for describe.")
    private ServiceAddress service = new ServiceAddress.LocalProcess(0);

    @Parameters(index = "1", paramLabel = "CONTEXT", description = "The name of the context.")
    private String context = "";

    @Mixin
    private final ServiceOptions options = new ServiceOptions();

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    ReloadCommand() {}

    @Override
    Report report() throws CommandFailure {
        RunningService running = options.service(service, configuration);
        progress("asking " + service);
        try {
            running.reload(context);
            Optional<ContextEntry> loaded = running.document().contexts().stream()
                    .filter(known -> known.name().equals(context))
                    .findFirst();
            return new ReloadReport(context, loaded, "");
        } catch (ServiceException e) {
            if (e.fault() == Fault.REFUSED) {
                return new ReloadReport(context, Optional.empty(), String.valueOf(e.getMessage()));
            }
            throw ServiceOptions.failure(e);
        }
    }
}
