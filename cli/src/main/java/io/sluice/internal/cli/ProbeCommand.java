package io.sluice.internal.cli;

import io.sluice.context.NamedSslContext;
import io.sluice.stream.Initarg;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Connects to a peer with a context. */
@Command(
        name = "probe",
        description = "Connects to a peer as the connector of a context does, and says what was agreed on, or why it"
                + " failed.")
final class ProbeCommand extends ReportingCommand {

    @Parameters(
            paramLabel = "HOST:PORT",
            converter = PeerAddress.Converter.class,
            description = "The peer. An IPv6 address is in brackets: [::1]:443.")
    private PeerAddress peer = new PeerAddress("localhost", 1);

    @Option(names = "--context", required = true, paramLabel = "NAME", description = "The context to connect with.")
    private String context = "";

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    @Option(
            names = "--server-name",
            paramLabel = "NAME",
            description = "The name that the server's certificate must have, if it is not that of the host.")
    private Optional<String> serverName = Optional.empty();

    @Option(
            names = "--connect-timeout",
            paramLabel = "TIME",
            converter = DurationOption.class,
            defaultValue = "10s",
            description = "How long to wait for the connection (default: ${DEFAULT-VALUE}).")
    private Duration connectTimeout = Duration.ofSeconds(10);

    @Option(
            names = "--settle",
            paramLabel = "TIME",
            converter = DurationOption.class,
            defaultValue = "1s",
            description = "How long to wait after a handshake of TLS 1.3 for the server to refuse the client's"
                    + " certificate (default: ${DEFAULT-VALUE}).")
    private Duration settle = Duration.ofSeconds(1);

    ProbeCommand() {}

    @Override
    Report report() throws CommandFailure {
        NamedSslContext named = configuration.application(List.of()).context(context);
        // A context with problems would be a condition, too, but not one of this peer.
        CommandFailure.unlessUsable(named);
        List<Initarg> initargs = new ArrayList<>();
        initargs.add(Initarg.connectTimeout(connectTimeout));
        serverName.ifPresent(name -> initargs.add(Initarg.serverName(name)));
        progress("connecting to " + peer);
        return new Probe(peer, named, settle).run(initargs.toArray(Initarg[]::new));
    }
}
