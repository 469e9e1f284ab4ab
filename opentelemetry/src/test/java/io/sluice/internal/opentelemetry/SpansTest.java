package io.sluice.internal.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.sluice.context.SslContext;
import io.sluice.context.SslContextSpecifier;
import io.sluice.it.support.MeteredApplication;
import io.sluice.server.SocketEndpoint;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spans of handshakes and calls, and how they are connected with those of the application. */
class SpansTest {

    private static final InMemorySpanExporter SPANS = InMemorySpanExporter.create();

    /** Supplies the SDK. */
    @ApplicationScoped
    public static class Sdk {
        @Produces
        @Singleton
        OpenTelemetry sdk() {
            return OpenTelemetrySdk.builder()
                    .setTracerProvider(SdkTracerProvider.builder()
                            .addSpanProcessor(SimpleSpanProcessor.create(SPANS))
                            .build())
                    .build();
        }
    }

    /** Has spans of its own, and begins TLS in the middle of a connection. */
    @ApplicationScoped
    public static class Traced {

        @Inject
        OpenTelemetry telemetry;

        @Inject
        @SslContext("metered-web")
        SslContextSpecifier context;

        @SocketEndpoint(value = "traced", ssl = "metered-web", port = 0)
        void serve(SocketStream stream) throws IOException {
            Span own = telemetry.getTracer("app").spanBuilder("work").startSpan();
            stream.output().write(stream.input().read());
            own.end();
        }

        @SocketEndpoint(value = "upgraded", ssl = "none", port = 0)
        void upgrade(SocketStream stream) throws IOException {
            stream.output().write('+');
            stream.attachSsl(context);
            stream.output().write(stream.input().read());
        }
    }

    @TempDir
    Path directory;

    private MeteredApplication application;

    @BeforeEach
    void start() throws IOException {
        SPANS.reset();
        application = MeteredApplication.start(directory, Sdk.class, Traced.class);
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private Tracer tracer() {
        return application.application().get(OpenTelemetry.class).getTracer("app");
    }

    /** Something that the application does. */
    private interface Work {
        void run() throws Exception;
    }

    /** Does it within a span of the application. */
    private Span during(Work work) throws Exception {
        Span request = tracer().spanBuilder("request").startSpan();
        Callable<Void> wrapped = Context.current().with(request).wrap(() -> {
            work.run();
            return null;
        });
        try {
            wrapped.call();
        } finally {
            request.end();
        }
        return request;
    }

    private static SpanData span(Predicate<SpanData> wanted) {
        return Awaitility.await()
                .until(
                        () -> SPANS.getFinishedSpanItems().stream()
                                .filter(wanted)
                                .toList(),
                        found -> found.size() == 1)
                .get(0);
    }

    private static Predicate<SpanData> named(String name) {
        return span -> span.getName().equals(name);
    }

    private static String text(SpanData span, String key) {
        return span.getAttributes().get(AttributeKey.stringKey(key));
    }

    private void roundTrip(String endpoint) throws IOException {
        try (Socket socket = MeteredApplication.SERVER
                .trustingContext()
                .getSocketFactory()
                .createSocket("localhost", application.address(endpoint).getPort())) {
            MeteredApplication.roundTrip(socket);
        }
    }

    @Test
    void applicationsSpanIsAChildOfTheCall() throws Exception {
        roundTrip("traced");
        SpanData call = span(named("traced"));
        SpanData work = span(named("work"));
        assertThat(work.getParentSpanId()).isEqualTo(call.getSpanId());
        assertThat(call.getParentSpanContext().isValid()).isFalse();
        assertThat(call.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(call.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(text(call, "sluice.endpoint")).isEqualTo("traced");
        assertThat(text(call, "server.address")).isIn("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(call.getAttributes().get(AttributeKey.longKey("server.port")))
                .isEqualTo(application.address("traced").getPort());
        assertThat(text(call, "client.address")).isNotNull();
        assertThat(text(call, "network.peer.address")).isNotNull();
        assertThat(text(call, "network.transport")).isEqualTo("tcp");
        assertThat(text(call, "tls.protocol.version")).isEqualTo("1.3");
    }

    @Test
    void callIsLinkedToItsHandshake() throws Exception {
        roundTrip("traced");
        SpanData call = span(named("traced"));
        SpanData handshake = span(named("TLS server handshake"));
        assertThat(call.getLinks())
                .extracting(LinkData::getSpanContext)
                .extracting(context -> context.getSpanId())
                .containsExactly(handshake.getSpanId());
        assertThat(handshake.getEndEpochNanos()).isLessThanOrEqualTo(call.getEndEpochNanos());
        assertThat(text(handshake, "sluice.context")).isEqualTo("metered-web");
        assertThat(text(handshake, "tls.cipher")).startsWith("TLS_");
        assertThat(handshake.getAttributes().get(AttributeKey.booleanKey("tls.established")))
                .isTrue();
        assertThat(handshake.getAttributes().get(AttributeKey.booleanKey("tls.resumed")))
                .isFalse();
    }

    @Test
    void handshakeOfAConnectorIsAChildOfWhatIsCurrent() throws Exception {
        Span request = during(() -> application.open().close());
        SpanData handshake = span(named("TLS client handshake"));
        assertThat(handshake.getParentSpanId())
                .isEqualTo(request.getSpanContext().getSpanId());
        assertThat(text(handshake, "sluice.context")).isEqualTo("metered-client");
        assertThat(handshake.getAttributes().get(AttributeKey.longKey("server.port")))
                .isEqualTo(application.address("metered-web").getPort());
        assertThat(text(handshake, "tls.server.subject")).contains("localhost");
    }

    @Test
    void handshakeWithinACallIsItsChild() throws Exception {
        InetSocketAddress address = application.address("upgraded");
        try (Socket plain = new Socket("localhost", address.getPort())) {
            assertThat(plain.getInputStream().read()).isEqualTo('+');
            try (SSLSocket socket = (SSLSocket) MeteredApplication.SERVER
                    .trustingContext()
                    .getSocketFactory()
                    .createSocket(plain, "localhost", address.getPort(), true)) {
                MeteredApplication.roundTrip(socket);
            }
        }
        SpanData call = span(named("upgraded"));
        assertThat(span(named("TLS server handshake")).getParentSpanId()).isEqualTo(call.getSpanId());
        assertThat(call.getLinks()).isEmpty();
    }

    @Test
    void failedHandshakeHasTheKindOfItsCondition() throws Exception {
        application.failHandshake();
        SpanData handshake = span(named("TLS server handshake"));
        assertThat(text(handshake, "error.type")).isEqualTo("NOT_TLS");
        assertThat(handshake.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(handshake.getAttributes().get(AttributeKey.booleanKey("tls.established")))
                .isFalse();
        assertThat(text(handshake, "sluice.endpoint")).isEqualTo("metered-web");
        assertThat(handshake.getAttributes().get(AttributeKey.longKey("server.port")))
                .isEqualTo(application.address("metered-web").getPort());
    }

    @Test
    void failedCallHasTheClassOfItsException() throws Exception {
        application.failCall();
        SpanData call = span(named("metered-plain"));
        assertThat(text(call, "error.type")).isEqualTo("_OTHER");
        assertThat(call.getStatus().getDescription()).isEqualTo(IllegalStateException.class.getName());
    }

    @Test
    void failedHandshakeOfAConnectorIsAChildToo() throws Exception {
        int port = application.address("metered-plain").getPort();
        Span request = during(
                () -> assertThat(catchThrowable(() -> application.openTo(port))).isNotNull());
        SpanData handshake = span(named("TLS client handshake"));
        assertThat(handshake.getParentSpanId())
                .isEqualTo(request.getSpanContext().getSpanId());
        assertThat(text(handshake, "error.type")).isNotNull();
    }

    @Test
    void probeHasNoSpan() throws Exception {
        application.plain("metered-web").close();
        roundTrip("traced");
        span(named("traced"));
        assertThat(SPANS.getFinishedSpanItems())
                .extracting(SpanData::getName)
                .containsExactlyInAnyOrder("traced", "work", "TLS server handshake");
    }

    @Test
    void nothingIsCurrentAfterACall() throws Exception {
        for (int i = 0; i < 3; i++) {
            roundTrip("traced");
        }
        Awaitility.await().until(() -> SPANS.getFinishedSpanItems().size() == 9);
        List<SpanData> roots = SPANS.getFinishedSpanItems().stream()
                .filter(span -> !span.getParentSpanContext().isValid())
                .toList();
        assertThat(roots).hasSize(6);
    }
}
