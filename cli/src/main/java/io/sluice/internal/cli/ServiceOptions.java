package io.sluice.internal.cli;

import io.sluice.context.NamedSslContext;
import io.sluice.internal.cli.document.ServiceDocument;
import io.sluice.internal.cli.jmx.Credentials;
import io.sluice.internal.cli.jmx.RunningService;
import io.sluice.internal.cli.jmx.ServiceAccess;
import io.sluice.internal.cli.jmx.ServiceAddress;
import io.sluice.internal.cli.jmx.ServiceException;
import java.io.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say how a running service is asked. */
final class ServiceOptions {

    /** For scripts, which nobody can ask. */
    private static final String PASSWORD_VARIABLE = "SLUICE_JMX_PASSWORD";

    @Option(names = "--application", paramLabel = "NAME", description = "The application, if the service has several.")
    private Optional<String> application = Optional.empty();

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description =
                    "The user of JMX. The password is that of --password-file, else that of the environment variable "
                            + PASSWORD_VARIABLE + ", else it is asked for.")
    private Optional<String> user = Optional.empty();

    @Option(names = "--password-file", paramLabel = "FILE", description = "A file whose first line is the password.")
    private Optional<Path> passwordFile = Optional.empty();

    @Option(
            names = "--tls-context",
            paramLabel = "NAME",
            description = "Connect to the JMX port with TLS only, with the trust and the key of this context of"
                    + " --config.")
    private Optional<String> tlsContext = Optional.empty();

    @Option(
            names = "--plain-registry",
            description = "With --tls-context: the registry of the JMX port has no TLS, only the agent has.")
    private boolean plainRegistry;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationOption.class,
            defaultValue = "10s",
            description = "How long to wait for the service (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofSeconds(10);

    ServiceOptions() {}

    /** Reads the address of a service. */
    static final class Converter implements ITypeConverter<ServiceAddress> {

        Converter() {}

        @Override
        public ServiceAddress convert(String text) {
            try {
                return ServiceAddress.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /** The service at an address. */
    RunningService service(ServiceAddress address, ConfigurationOptions configuration) throws CommandFailure {
        Optional<NamedSslContext> tls = Optional.empty();
        if (tlsContext.isPresent()) {
            NamedSslContext context = configuration.application(List.of()).context(tlsContext.get());
            CommandFailure.unlessUsable(context);
            tls = Optional.of(context);
        } else if (plainRegistry) {
            throw CommandFailure.usage("--plain-registry needs --tls-context");
        }
        return new RunningService(address, new ServiceAccess(credentials(), tls, plainRegistry, timeout), application);
    }

    /** What the service at an address reports. */
    ServiceDocument document(ServiceAddress address, ConfigurationOptions configuration) throws CommandFailure {
        try {
            return service(address, configuration).document();
        } catch (ServiceException e) {
            throw failure(e);
        }
    }

    /** A failure to ask a service, as that of a command. */
    static CommandFailure failure(ServiceException failure) {
        String message = String.valueOf(failure.getMessage());
        return switch (failure.fault()) {
            case REQUEST -> CommandFailure.usage(message);
            case UNREACHABLE, REFUSED -> CommandFailure.unanswered(message);
        };
    }

    private Optional<Credentials> credentials() throws CommandFailure {
        if (user.isEmpty()) {
            if (passwordFile.isPresent()) {
                throw CommandFailure.usage("--password-file needs --user");
            }
            return Optional.empty();
        }
        return Optional.of(new Credentials(user.get(), password()));
    }

    @SuppressWarnings(
            "SystemConsoleNull") // JDK 22 and later give a console always; it reads a line, or null at the end.
    private String password() throws CommandFailure {
        if (passwordFile.isPresent()) {
            return firstLine(passwordFile.get());
        }
        String variable = System.getenv(PASSWORD_VARIABLE);
        if (variable != null) {
            return variable;
        }
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("password: ");
        if (typed == null) {
            throw CommandFailure.usage(
                    "nobody can be asked for the password. Use --password-file, or set " + PASSWORD_VARIABLE);
        }
        return new String(typed);
    }

    private static String firstLine(Path file) throws CommandFailure {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst().orElse("");
        } catch (IOException | UncheckedIOException e) {
            throw CommandFailure.usage(file + " cannot be read (" + e.getClass().getSimpleName()
                    + "). Name a text file in UTF-8 whose first line is the password");
        }
    }
}
