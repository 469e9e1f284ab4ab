package io.sluice.internal.cli;

import io.sluice.internal.cli.devcert.AlternativeName;
import io.sluice.internal.cli.devcert.DevelopmentAuthority;
import io.sluice.internal.cli.devcert.DevelopmentAuthority.Identity;
import io.sluice.internal.cli.devcert.DevelopmentAuthority.Purpose;
import io.sluice.internal.cli.devcert.DevelopmentFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes certificates for development. */
@Command(
        name = "dev-cert",
        description = "Makes an authority for development and certificates of it, and says how to trust the authority."
                + " An authority that is in the directory already is used again. Never use them in production.")
final class DevCertCommand extends ReportingCommand {

    private static final List<String> DEFAULT_NAMES = List.of("localhost", "127.0.0.1", "::1");

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME",
            description = "The host names and IP addresses of the server (default: localhost 127.0.0.1 ::1).")
    private List<String> names = new ArrayList<>();

    @Option(names = "--client", paramLabel = "NAME", description = "Make a client's certificate with this name, too.")
    private Optional<String> client = Optional.empty();

    @Option(
            names = "--dir",
            paramLabel = "DIRECTORY",
            defaultValue = "dev-certs",
            description = "Where the files are (default: ${DEFAULT-VALUE}).")
    private Path directory = Path.of("dev-certs");

    @Option(
            names = "--valid",
            paramLabel = "TIME",
            converter = DurationOption.class,
            defaultValue = "90d",
            description = "How long the certificates are valid (default: ${DEFAULT-VALUE}).")
    private Duration validity = Duration.ofDays(90);

    @Option(names = "--force", description = "Replace certificates that exist. The authority is never replaced.")
    private boolean force;

    DevCertCommand() {}

    @Override
    Report report() throws CommandFailure {
        List<AlternativeName> servers = new ArrayList<>();
        for (String name : names.isEmpty() ? DEFAULT_NAMES : names) {
            servers.add(subject(name));
        }
        Optional<AlternativeName> clientName =
                client.isPresent() ? Optional.of(subject(client.get())) : Optional.empty();
        DevelopmentFiles files = new DevelopmentFiles(directory);
        Optional<Path> existing = files.existing(clientName.isPresent());
        if (existing.isPresent() && !force) {
            throw CommandFailure.usage(
                    existing.get() + " exists. Use --force to replace it, or --dir for another directory");
        }
        boolean isNew = !files.authority().exist();
        DevelopmentAuthority authority = authority(files);
        try {
            Identity server = authority.issue(servers, Purpose.SERVER, validity);
            files.server().write(server);
            Optional<Identity> issued = Optional.empty();
            if (clientName.isPresent()) {
                Identity made = authority.issue(List.of(clientName.get()), Purpose.CLIENT, validity);
                files.client().write(made);
                issued = Optional.of(made);
            }
            files.writeProperties();
            return new DevCertReport(
                    files,
                    isNew,
                    authority.identity().certificate(),
                    server.certificate(),
                    issued.map(Identity::certificate));
        } catch (IOException | GeneralSecurityException e) {
            throw CommandFailure.unanswered(
                    "the certificates cannot be made in " + directory + " (" + e + "). Check that you may write there");
        }
    }

    private static AlternativeName subject(String name) throws CommandFailure {
        return AlternativeName.of(name)
                .orElseThrow(
                        () -> CommandFailure.usage(
                                "'" + name
                                        + "' is neither a host name nor an IP address. Write one such as localhost, *.example.test or ::1"));
    }

    private static DevelopmentAuthority authority(DevelopmentFiles files) throws CommandFailure {
        try {
            return files.openAuthority();
        } catch (IOException | GeneralSecurityException e) {
            throw CommandFailure.unanswered("the authority in " + files.directory() + " cannot be used (" + e
                    + "). Use --dir for another directory, or remove authority.pem and authority.key, and trust the new"
                    + " authority");
        }
    }
}
