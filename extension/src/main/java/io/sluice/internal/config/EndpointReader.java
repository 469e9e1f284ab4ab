package io.sluice.internal.config;

import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import io.sluice.server.MessageLimits;
import io.sluice.server.OnRotation;
import io.sluice.server.ServerSettings;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.ThreadKind;
import io.sluice.server.WhenFull;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** Reads the settings of one endpoint. They override its annotation. */
final class EndpointReader {

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
        if (!truth(EndpointKeys.ENABLED).orElse(EndpointKeys.ENABLED.isTrueByDefault())) {
            return Optional.empty();
        }
        ServerSettings.Builder server = ServerSettings.named(declared.value());
        listener(server);
        limits(server);
        new ProxyReader(reader, problems, prefix()).read().ifPresent(server::proxyProtocol);
        Optional<String> ssl = reader.value(name(EndpointKeys.SSL))
                .map(Setting::value)
                .map(String::strip)
                .or(() -> nonBlank(declared.ssl()));
        EndpointSettings.StreamTimeouts timeouts = timeouts();
        EndpointSettings.Caller caller = constant(EndpointKeys.CALLER, EndpointSettings.Caller.class)
                .orElse(EndpointKeys.CALLER.defaultOf(EndpointSettings.Caller.class));
        EndpointSettings.Messages messages = messages();
        return hasAddress
                ? Optional.of(new EndpointSettings(server.build(), ssl, timeouts, caller, messages))
                : Optional.empty();
    }

    private String prefix() {
        return EndpointKeys.KEYS.prefix() + declared.value() + ".";
    }

    private String name(Key key) {
        return prefix() + key.name();
    }

    private Optional<Boolean> truth(Key key) {
        return reader.truth(name(key));
    }

    private Optional<Integer> number(Key key) {
        return reader.number(name(key), key);
    }

    private Optional<Duration> duration(Key key) {
        return reader.duration(name(key), key);
    }

    private <E extends Enum<E>> Optional<E> constant(Key key, Class<E> type) {
        return reader.constant(name(key), key, type);
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
        number(EndpointKeys.BACKLOG).ifPresent(server::backlog);
        truth(EndpointKeys.REUSE_ADDRESS).ifPresent(server::reuseAddress);
        truth(EndpointKeys.REUSE_PORT).ifPresent(server::reusePort);
        truth(EndpointKeys.NO_DELAY).ifPresent(server::noDelay);
        truth(EndpointKeys.KEEP_ALIVE).ifPresent(server::keepAlive);
        server.buffers(
                number(EndpointKeys.RECEIVE_BUFFER).orElse(0),
                number(EndpointKeys.SEND_BUFFER).orElse(0));
    }

    /** A value that cannot be read has been reported already. */
    private Optional<Integer> port() {
        if (reader.value(name(EndpointKeys.PORT)).isPresent()) {
            return number(EndpointKeys.PORT);
        }
        if (declared.port() >= 0 && declared.port() <= 65_535) {
            return Optional.of(declared.port());
        }
        problems.error(Problem.unset(
                name(EndpointKeys.PORT),
                declared.port() == -1
                        ? "the endpoint has no port"
                        : "the port " + declared.port() + " of @SocketEndpoint is not between 0 and 65535",
                "Set this property or @SocketEndpoint's port. 0 selects a free port"));
        return Optional.empty();
    }

    private Optional<InetAddress> address() {
        Optional<Setting> set = reader.value(name(EndpointKeys.ADDRESS));
        Optional<String> host = set.map(Setting::value).map(String::strip).or(() -> nonBlank(declared.address()));
        try {
            return Optional.of(
                    host.isPresent() ? InetAddress.getByName(host.get()) : new InetSocketAddress(0).getAddress());
        } catch (UnknownHostException e) {
            String fault = "there is no address '" + host.orElse("") + "'";
            String remedy = "Set an address of this machine, or remove the address to listen on all of them";
            problems.error(set.map(setting -> Problem.of(setting, fault, remedy))
                    .orElseGet(() -> Problem.unset(
                            name(EndpointKeys.ADDRESS), fault + ", which @SocketEndpoint names", remedy)));
            return Optional.empty();
        }
    }

    private void limits(ServerSettings.Builder server) {
        server.maxConnections(
                number(EndpointKeys.MAX_CONNECTIONS).orElse(EndpointKeys.MAX_CONNECTIONS.defaultNumber()),
                constant(EndpointKeys.WHEN_FULL, WhenFull.class)
                        .orElse(EndpointKeys.WHEN_FULL.defaultOf(WhenFull.class)));
        server.acceptRate(
                number(EndpointKeys.ACCEPT_RATE).orElse(EndpointKeys.ACCEPT_RATE.defaultNumber()),
                number(EndpointKeys.ACCEPT_BURST).orElse(EndpointKeys.ACCEPT_BURST.defaultNumber()));
        constant(EndpointKeys.THREADS, ThreadKind.class).ifPresent(server::threads);
        number(EndpointKeys.MAX_HANDLERS).ifPresent(server::maxHandlers);
        duration(EndpointKeys.DRAIN_TIMEOUT).ifPresent(server::drainTimeout);
        server.onRotation(constant(EndpointKeys.ON_ROTATION, OnRotation.class).orElse(declared.onRotation()));
    }

    private EndpointSettings.Messages messages() {
        Optional<String> frames = reader.value(name(EndpointKeys.FRAMES))
                .map(Setting::value)
                .map(String::strip)
                .or(() -> nonBlank(declared.frames()));
        Optional<Integer> maxFrame = number(EndpointKeys.MAX_FRAME);
        Optional<Duration> frameTimeout = duration(EndpointKeys.FRAME_TIMEOUT);
        Optional<Duration> idleTimeout = duration(EndpointKeys.IDLE_TIMEOUT);
        return new EndpointSettings.Messages(
                frames,
                new MessageLimits(
                        maxFrame.orElse(EndpointKeys.MAX_FRAME.defaultNumber()),
                        frameTimeout.orElse(MessageLimits.DEFAULTS.frameTimeout()),
                        idleTimeout.orElse(MessageLimits.DEFAULTS.idleTimeout())));
    }

    /** What is set for messages: names of properties, and the annotation's attribute. */
    List<String> messageSettings() {
        Stream<String> properties = Stream.of(
                        EndpointKeys.FRAMES,
                        EndpointKeys.MAX_FRAME,
                        EndpointKeys.FRAME_TIMEOUT,
                        EndpointKeys.IDLE_TIMEOUT,
                        EndpointKeys.MAX_HANDLERS)
                .map(this::name)
                .filter(key -> reader.value(key).isPresent());
        return Stream.concat(nonBlank(declared.frames()).map(frames -> "@SocketEndpoint's frames").stream(), properties)
                .toList();
    }

    private EndpointSettings.StreamTimeouts timeouts() {
        return new EndpointSettings.StreamTimeouts(
                duration(EndpointKeys.READ_TIMEOUT),
                duration(EndpointKeys.WRITE_TIMEOUT),
                duration(EndpointKeys.HANDSHAKE_TIMEOUT),
                duration(EndpointKeys.CLOSE_TIMEOUT));
    }
}
