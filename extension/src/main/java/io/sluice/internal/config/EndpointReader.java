package io.sluice.internal.config;

import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import io.sluice.server.OnRotation;
import io.sluice.server.ServerSettings;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.ThreadKind;
import io.sluice.server.WhenFull;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/** Reads the settings of one endpoint. They override its annotation. */
final class EndpointReader {

    static final PropertyKeys KEYS = new PropertyKeys(
            "sluice.endpoint.",
            Set.of(
                    "enabled",
                    "port",
                    "address",
                    "ssl",
                    "backlog",
                    "reuse-address",
                    "reuse-port",
                    "no-delay",
                    "keep-alive",
                    "receive-buffer",
                    "send-buffer",
                    "read-timeout",
                    "write-timeout",
                    "handshake-timeout",
                    "close-timeout",
                    "max-connections",
                    "when-full",
                    "threads",
                    "drain-timeout",
                    "caller",
                    "on-rotation",
                    ProxyReader.PROTOCOL,
                    ProxyReader.TRUSTED),
            Set.of(ProxyReader.TRUSTED),
            Set.of());

    private static final int MOST = Integer.MAX_VALUE;

    private final SocketEndpoint declared;
    private final Problems problems;
    private final PropertyReader reader;
    private boolean hasAddress;

    EndpointReader(Config config, SocketEndpoint declared, Problems problems) {
        this.declared = declared;
        this.problems = problems;
        this.reader = new PropertyReader(config, problems);
    }

    /** The settings; empty if the endpoint is not enabled, or if it has no port or address, which is reported. */
    Optional<EndpointSettings> read() {
        if (!reader.truth(name("enabled")).orElse(true)) {
            return Optional.empty();
        }
        ServerSettings.Builder server = ServerSettings.named(declared.value());
        listener(server);
        limits(server);
        new ProxyReader(reader, problems, name("")).read().ifPresent(server::proxyProtocol);
        Optional<String> ssl =
                reader.value(name("ssl")).map(Setting::value).map(String::strip).or(() -> nonBlank(declared.ssl()));
        EndpointSettings.StreamTimeouts timeouts = timeouts();
        EndpointSettings.Caller caller =
                reader.constant(name("caller"), EndpointSettings.Caller.class).orElse(EndpointSettings.Caller.NONE);
        return hasAddress ? Optional.of(new EndpointSettings(server.build(), ssl, timeouts, caller)) : Optional.empty();
    }

    private String name(String key) {
        return KEYS.prefix() + declared.value() + "." + key;
    }

    private static Optional<String> nonBlank(String attribute) {
        return attribute.isBlank() ? Optional.empty() : Optional.of(attribute.strip());
    }

    private void listener(ServerSettings.Builder server) {
        Optional<Integer> port = port();
        Optional<InetAddress> address = address();
        hasAddress = port.isPresent() && address.isPresent();
        if (hasAddress) {
            server.address(new InetSocketAddress(address.get(), port.get()));
        }
        reader.number(name("backlog"), 1, MOST).ifPresent(server::backlog);
        reader.truth(name("reuse-address")).ifPresent(server::reuseAddress);
        reader.truth(name("reuse-port")).ifPresent(server::reusePort);
        reader.truth(name("no-delay")).ifPresent(server::noDelay);
        reader.truth(name("keep-alive")).ifPresent(server::keepAlive);
        server.buffers(
                reader.number(name("receive-buffer"), 1, MOST).orElse(0),
                reader.number(name("send-buffer"), 1, MOST).orElse(0));
    }

    /** A value that cannot be read has been reported already. */
    private Optional<Integer> port() {
        if (reader.value(name("port")).isPresent()) {
            return reader.number(name("port"), 0, 65_535);
        }
        if (declared.port() >= 0 && declared.port() <= 65_535) {
            return Optional.of(declared.port());
        }
        problems.error(Problem.unset(
                name("port"),
                declared.port() == -1
                        ? "the endpoint has no port"
                        : "the port " + declared.port() + " of @SocketEndpoint is not between 0 and 65535",
                "Set this property or @SocketEndpoint's port. 0 selects a free port"));
        return Optional.empty();
    }

    private Optional<InetAddress> address() {
        Optional<Setting> set = reader.value(name("address"));
        Optional<String> host = set.map(Setting::value).map(String::strip).or(() -> nonBlank(declared.address()));
        try {
            return Optional.of(
                    host.isPresent() ? InetAddress.getByName(host.get()) : new InetSocketAddress(0).getAddress());
        } catch (UnknownHostException e) {
            String fault = "there is no address '" + host.orElse("") + "'";
            String remedy = "Set an address of this machine, or remove the address to listen on all of them";
            problems.error(set.map(setting -> Problem.of(setting, fault, remedy))
                    .orElseGet(() -> Problem.unset(name("address"), fault + ", which @SocketEndpoint names", remedy)));
            return Optional.empty();
        }
    }

    private void limits(ServerSettings.Builder server) {
        server.maxConnections(
                reader.number(name("max-connections"), 0, MOST).orElse(0),
                reader.constant(name("when-full"), WhenFull.class).orElse(WhenFull.WAIT));
        reader.constant(name("threads"), ThreadKind.class).ifPresent(server::threads);
        reader.duration(name("drain-timeout")).ifPresent(server::drainTimeout);
        server.onRotation(reader.constant(name("on-rotation"), OnRotation.class).orElse(declared.onRotation()));
    }

    private EndpointSettings.StreamTimeouts timeouts() {
        return new EndpointSettings.StreamTimeouts(
                reader.limit(name("read-timeout")),
                reader.limit(name("write-timeout")),
                reader.limit(name("handshake-timeout")),
                reader.duration(name("close-timeout")));
    }
}
