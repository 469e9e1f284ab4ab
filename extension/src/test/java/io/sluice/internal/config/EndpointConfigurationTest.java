package io.sluice.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.settings.Problems;
import io.sluice.server.MessageLimits;
import io.sluice.server.OnRotation;
import io.sluice.server.ServerSettings;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.ThreadKind;
import io.sluice.server.WhenFull;
import io.sluice.stream.proxy.ProxyProtocol;
import io.sluice.stream.proxy.ProxyVersion;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of an endpoint from its annotation and its properties. */
class EndpointConfigurationTest {

    private static final EndpointSettings.Messages NO_MESSAGES =
            new EndpointSettings.Messages(Optional.empty(), MessageLimits.DEFAULTS);

    @SocketEndpoint("bare")
    void bare() {}

    @SocketEndpoint(value = "declared", port = 7443, address = "127.0.0.1", ssl = "web")
    void declared() {}

    private final Problems problems = new Problems();

    private Optional<EndpointSettings> settings(String name, Map<String, String> properties) throws Exception {
        SocketEndpoint declared =
                EndpointConfigurationTest.class.getDeclaredMethod(name).getAnnotation(SocketEndpoint.class);
        return SluiceConfiguration.of(TestConfig.of(properties)).endpoint(declared, problems);
    }

    @Test
    void everyKeyIsTaken() throws Exception {
        String prefix = "sluice.endpoint.declared.";
        Optional<EndpointSettings> settings = settings(
                "declared",
                Map.ofEntries(
                        Map.entry(prefix + "enabled", "true"),
                        Map.entry(prefix + "port", "8443"),
                        Map.entry(prefix + "address", "127.0.0.2"),
                        Map.entry(prefix + "ssl", "other"),
                        Map.entry(prefix + "backlog", "7"),
                        Map.entry(prefix + "reuse-address", "false"),
                        Map.entry(prefix + "reuse-port", "true"),
                        Map.entry(prefix + "no-delay", "false"),
                        Map.entry(prefix + "keep-alive", "true"),
                        Map.entry(prefix + "receive-buffer", "65536"),
                        Map.entry(prefix + "send-buffer", "32768"),
                        Map.entry(prefix + "read-timeout", "1m"),
                        Map.entry(prefix + "write-timeout", "30s"),
                        Map.entry(prefix + "handshake-timeout", "PT5S"),
                        Map.entry(prefix + "close-timeout", "500ms"),
                        Map.entry(prefix + "max-connections", "100"),
                        Map.entry(prefix + "when-full", "refuse"),
                        Map.entry(prefix + "threads", "platform"),
                        Map.entry(prefix + "drain-timeout", "2s"),
                        Map.entry(prefix + "on-rotation", "close"),
                        Map.entry(prefix + "proxy-protocol", "V2"),
                        Map.entry(prefix + "trusted-proxies", "10.0.0.0/8, ::1"),
                        Map.entry(prefix + "caller", "certificate"),
                        Map.entry(prefix + "frames", "mllp"),
                        Map.entry(prefix + "max-frame", "1000"),
                        Map.entry(prefix + "frame-timeout", "3s"),
                        Map.entry(prefix + "idle-timeout", "4m"),
                        Map.entry(prefix + "max-handlers", "5"),
                        Map.entry(prefix + "accept-rate", "200"),
                        Map.entry(prefix + "accept-burst", "300")));

        assertThat(problems.errors()).isEmpty();
        assertThat(settings)
                .contains(new EndpointSettings(
                        ServerSettings.named("declared")
                                .address(new InetSocketAddress("127.0.0.2", 8443))
                                .backlog(7)
                                .reuseAddress(false)
                                .reusePort(true)
                                .noDelay(false)
                                .keepAlive(true)
                                .buffers(65_536, 32_768)
                                .maxConnections(100, WhenFull.REFUSE)
                                .maxHandlers(5)
                                .acceptRate(200, 300)
                                .onRotation(OnRotation.CLOSE)
                                .threads(ThreadKind.PLATFORM)
                                .drainTimeout(Duration.ofSeconds(2))
                                .proxyProtocol(ProxyProtocol.from(ProxyVersion.V2, "10.0.0.0/8", "::1"))
                                .build(),
                        Optional.of("other"),
                        new EndpointSettings.StreamTimeouts(
                                Optional.of(Duration.ofMinutes(1)),
                                Optional.of(Duration.ofSeconds(30)),
                                Optional.of(Duration.ofSeconds(5)),
                                Optional.of(Duration.ofMillis(500))),
                        EndpointSettings.Caller.CERTIFICATE,
                        new EndpointSettings.Messages(
                                Optional.of("mllp"),
                                new MessageLimits(1_000, Duration.ofSeconds(3), Duration.ofMinutes(4)))));
    }

    @Test
    void whatIsNotConfiguredIsTheAnnotations() throws Exception {
        assertThat(settings("declared", Map.of()))
                .contains(new EndpointSettings(
                        ServerSettings.named("declared")
                                .address(new InetSocketAddress("127.0.0.1", 7443))
                                .build(),
                        Optional.of("web"),
                        EndpointSettings.StreamTimeouts.OF_THE_CONTEXT,
                        EndpointSettings.Caller.NONE,
                        NO_MESSAGES));
    }

    @Test
    void whatNobodySaysIsTheDefault() throws Exception {
        assertThat(settings("bare", Map.of("sluice.endpoint.bare.port", "0")))
                .contains(new EndpointSettings(
                        ServerSettings.named("bare")
                                .address(new InetSocketAddress(0))
                                .build(),
                        Optional.empty(),
                        EndpointSettings.StreamTimeouts.OF_THE_CONTEXT,
                        EndpointSettings.Caller.NONE,
                        NO_MESSAGES));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            value = {
                "any; -; proxy-protocol; no balancer is trusted",
                "-; 10.0.0.1; trusted-proxies; it has no effect, because no proxy-protocol is set",
                "none; 10.0.0.1; trusted-proxies; it has no effect, because no proxy-protocol is set",
                "v3; 10.0.0.1; proxy-protocol; 'v3' is not valid",
                "v1; balancer.example; trusted-proxies; 'balancer.example' is not an IP address or a range of addresses",
                "v1; 10.0.0.1,,::1; trusted-proxies; '' is not an IP address or a range of addresses",
                "v1; 10.0.0.0/64; trusted-proxies; the prefix of 10.0.0.0 must be between 0 and 32"
            })
    void badProxySettingsAreToldByProperty(String protocol, String trusted, String key, String fault) throws Exception {
        String prefix = "sluice.endpoint.declared.";
        Map<String, String> properties = new HashMap<>();
        if (protocol != null) {
            properties.put(prefix + "proxy-protocol", protocol);
        }
        if (trusted != null) {
            properties.put(prefix + "trusted-proxies", trusted);
        }
        settings("declared", properties);
        assertThat(problems.errors()).singleElement().satisfies(problem -> {
            assertThat(problem.property()).isEqualTo(prefix + key);
            assertThat(problem.fault()).startsWith(fault);
        });
    }

    @Test
    void noProxyProtocolIsTheDefault() throws Exception {
        assertThat(settings("declared", Map.of("sluice.endpoint.declared.proxy-protocol", "none"))
                        .orElseThrow()
                        .server()
                        .proxyProtocol())
                .isEmpty();
        assertThat(problems.errors()).isEmpty();
    }

    @Test
    void endpointsAreFoundWithoutTheirDeclarations() {
        SluiceConfiguration configuration = SluiceConfiguration.of(TestConfig.of(Map.of(
                "sluice.endpoint.web.ssl", "other", "sluice.endpoint.queue.prt", "1", "sluice.endpoint.queue", "x")));

        assertThat(configuration.configuredEndpoints()).containsExactly("queue", "web");
        EndpointSettings web = configuration.endpoint("web", problems).orElseThrow();
        assertThat(web.ssl()).contains("other");
        assertThat(web.server().address().getPort()).isZero();
        assertThat(problems.errors()).isEmpty();
    }

    @Test
    void valuesOfEndpointsWithoutDeclarationsAreChecked() {
        SluiceConfiguration configuration =
                SluiceConfiguration.of(TestConfig.of(Map.of("sluice.endpoint.web.port", "70000")));

        assertThat(configuration.endpoint("web", problems)).isEmpty();
        assertThat(problems.errors())
                .singleElement()
                .satisfies(problem -> assertThat(problem.property()).isEqualTo("sluice.endpoint.web.port"));
    }
}
