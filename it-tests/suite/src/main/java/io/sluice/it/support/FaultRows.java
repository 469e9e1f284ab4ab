package io.sluice.it.support;

import io.sluice.context.SslContextSpecifier;
import io.sluice.it.support.FaultyStreams.Discovered;
import io.sluice.it.support.FaultyStreams.Intercepted;
import io.sluice.it.support.FaultyStreams.Undiscovered;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The rows of the fault matrix: everything that can go wrong with a creation. */
public final class FaultRows {

    private static final Initarg SHORTLY = Initarg.handshakeTimeout(Duration.ofMillis(150));

    private FaultRows() {}

    public static List<FaultRow> all() {
        return Stream.of(badClasses(), badInitargs(), badSockets(), badPeers(), badInstances(), meddlers())
                .flatMap(List::stream)
                .toList();
    }

    private static List<FaultRow> badClasses() {
        return List.of(
                new FaultRow("null class").stream(null).thrown(NullPointerException.class, "streamClass"),
                badClass(
                        "no stream class",
                        FaultyStreams.unchecked(String.class),
                        "java.lang.String: it does not extend SocketStream"),
                badClass(
                        "interface",
                        FaultyStreams.unchecked(FaultyStreams.NoClass.class),
                        ".*NoClass: it does not extend SocketStream"),
                badClass(
                        "abstract class",
                        FaultyStreams.Abstract.class,
                        ".*Abstract: it is abstract\\. Use a concrete subclass"),
                badClass(
                        "private class",
                        FaultyStreams.privateClass(),
                        ".*Private: it is private\\. Make it at least package-private"),
                badClass(
                        "inner class",
                        FaultyStreams.Inner.class,
                        ".*Inner: it is an inner class\\. Make it static or a top-level class"),
                badClass("anonymous class", new SocketStream() {}.getClass(), ".*: it is an inner class\\. .*"),
                badClass(
                        "final class with an interceptor",
                        FaultyStreams.FinalIntercepted.class,
                        ".*FinalIntercepted: it is final, but its interceptors need a subclass: make it non-final"),
                badClass(
                        "normal scope",
                        FaultyStreams.NormalScoped.class,
                        ".*NormalScoped: it is @ApplicationScoped: .*"),
                badClass(
                        "no constructor for the container",
                        FaultyStreams.NotMakeable.class,
                        ".*NotMakeable: it has neither an @Inject constructor nor a non-private one without parameters"),
                badClass(
                        "unsatisfied injection",
                        FaultyStreams.Unsatisfied.class,
                        ".*Unsatisfied: the container cannot create it: (?s).*Unknown.*"));
    }

    private static FaultRow badClass(String name, Class<? extends SocketStream> type, String message) {
        return new FaultRow(name).stream(type).thrown(IllegalArgumentException.class, "stream class " + message);
    }

    private static List<FaultRow> badInitargs() {
        return List.of(
                new FaultRow("null initargs").initargs((Initarg[]) null).thrown(NullPointerException.class, "initargs"),
                badInitarg("null initarg", "initarg 2 of [23] is null", Initarg.errorp(false), null),
                badInitarg(
                        "initarg twice",
                        "initarg 'readTimeout' was passed twice. Pass it once",
                        Initarg.readTimeout(Duration.ofSeconds(1)),
                        Initarg.readTimeout(Duration.ofSeconds(2))),
                badInitarg(
                        "initarg of the connector",
                        "initarg 'connectTimeout' is for connectors only: the socket passed to a creator is already connected\\. Omit it",
                        Initarg.connectTimeout(Duration.ofSeconds(1))),
                badInitarg(
                        "initarg taken by nothing",
                        ".*Discovered: no @Assisted injection point takes initarg 'volume': the class has no such points",
                        Initarg.of("volume", 3)),
                new FaultRow("configurer for a plain stream")
                        .over(Protocol.PLAIN)
                        .initargs(Initarg.engineConfigurer(engine -> {}))
                        .thrown(
                                IllegalArgumentException.class,
                                "initarg 'engineConfigurer' does not apply: context 'none' is plaintext\\. Omit it, or use a context with TLS"),
                new FaultRow("configurer that throws")
                        .overTls()
                        .initargs(Initarg.engineConfigurer(engine -> {
                            throw new IllegalStateException("configurer");
                        }))
                        .thrown(IllegalStateException.class, "configurer"));
    }

    private static FaultRow badInitarg(String name, String message, Initarg... initargs) {
        return new FaultRow(name).initargs(initargs).thrown(IllegalArgumentException.class, message);
    }

    private static List<FaultRow> badSockets() {
        return List.of(
                badSocket("closed socket", "the socket is closed", Socket::close),
                badSocket("input shut", "the socket's input is already shut down", Socket::shutdownInput),
                badSocket("output shut", "the socket's output is already shut down", Socket::shutdownOutput));
    }

    private static FaultRow badSocket(String name, String message, FaultRow.Preparation before) {
        return new FaultRow(name)
                .socket(before)
                .condition(
                        Kind.SOCKET_UNUSABLE,
                        "context '.*': " + message
                                + "\\. Pass a connected, blocking TCP socket whose input and output are open");
    }

    private static List<FaultRow> badPeers() {
        return List.of(
                new FaultRow(FaultMatrix.DEFAULT_WITHOUT_A_KEY)
                        .overTls()
                        .initargs(Initarg.sslContext(SslContextSpecifier.defaults()))
                        .condition(Kind.CONTEXT_UNUSABLE, ".*has no key, so it cannot be the server side: .*"),
                new FaultRow("given context without a key")
                        .overTls()
                        .initarg(way -> Initarg.sslContext(way.specifierWithoutKey()))
                        .condition(
                                Kind.CONTEXT_UNUSABLE,
                                handshake("the context has no key, so it cannot be the server side \\(.*\\)\\."
                                        + " Initialize it with a key manager that has a key")),
                new FaultRow("given engine without a key")
                        .overTls()
                        .initarg(way -> Initarg.sslContext(SslContextSpecifier.of(way.engineWithoutKey())))
                        .condition(
                                Kind.VERSION_OR_CIPHER_MISMATCH,
                                handshake("Check that the server has a key that fits")),
                new FaultRow("given context that trusts nobody")
                        .overTls()
                        .initarg(way -> Initarg.sslContext(way.specifierWithoutTrust()))
                        .peer(PeerBehaviour.WITH_AN_UNTRUSTED_CERTIFICATE)
                        .condition(
                                Kind.CONTEXT_UNUSABLE,
                                handshake(
                                        "the context has no trust anchors \\(.*\\)\\. Configure the certificates to trust")),
                new FaultRow("cleartext HTTP")
                        .overTls()
                        .peer(PeerBehaviour.SPEAKS_HTTP)
                        .condition(Kind.NOT_TLS, handshake("HTTP")),
                new FaultRow("garbage")
                        .overTls()
                        .peer(PeerBehaviour.SENDS_GARBAGE)
                        .condition(Kind.NOT_TLS, handshake("")),
                new FaultRow("peer closes")
                        .overTls()
                        .peer(PeerBehaviour.CLOSES_AT_ONCE)
                        .condition(Kind.PEER_CLOSED, handshake("")),
                new FaultRow("peer closes in its hello")
                        .overTls()
                        .peer(PeerBehaviour.CLOSES_IN_THE_HELLO)
                        .condition(Kind.PEER_CLOSED, handshake("")),
                new FaultRow("silent peer")
                        .overTls()
                        .peer(PeerBehaviour.SILENT)
                        .initargs(SHORTLY)
                        .slow()
                        .condition(
                                Kind.HANDSHAKE_TIMEOUT,
                                handshake("the handshake did not complete within its deadline of PT0\\.15S")),
                new FaultRow("dripping peer")
                        .overTls()
                        .peer(PeerBehaviour.DRIPS)
                        .initargs(SHORTLY)
                        .slow()
                        .condition(
                                Kind.HANDSHAKE_TIMEOUT,
                                handshake("the handshake did not complete within its deadline of PT0\\.15S")),
                new FaultRow("other TLS version")
                        .overTls()
                        .peer(PeerBehaviour.WITH_ANOTHER_VERSION)
                        .condition(
                                Kind.VERSION_OR_CIPHER_MISMATCH,
                                handshake("; this side has TLSv1\\.[23] with TLS_.*, the peer TLSv1\\.[23] with TLS_")),
                new FaultRow("no client certificate")
                        .overTls()
                        .initarg(way -> Initarg.sslContext(way.specifierWithClientAuth()))
                        .condition(Kind.CLIENT_CERTIFICATE_MISSING, handshake("")),
                new FaultRow("untrusted client certificate")
                        .overTls()
                        .initarg(way -> Initarg.sslContext(way.specifierWithClientAuth()))
                        .peer(PeerBehaviour.WITH_AN_UNTRUSTED_CERTIFICATE)
                        .condition(Kind.CERTIFICATE_UNKNOWN_ISSUER, handshake("")),
                new FaultRow("distrusting peer")
                        .overTls()
                        .peer(PeerBehaviour.THAT_TRUSTS_NOBODY)
                        .condition(Kind.REJECTED_BY_PEER, handshake("")));
    }

    private static String handshake(String detail) {
        return "(context '.*'|the given SSL(?:Context|Engine)), peer 127\\.0\\.0\\.1:\\d+: handshake: .*" + detail
                + ".*";
    }

    private static List<FaultRow> badInstances() {
        List<FaultRow> rows = new ArrayList<>();
        for (var type : List.of(Discovered.class, Undiscovered.class, Intercepted.class)) {
            for (Fault.Step step : Fault.Step.values()) {
                String where = " from " + step + " of " + type.getSimpleName();
                for (Throwable thrown : List.of(
                        new IllegalStateException("boom"),
                        new AssertionError("boom"),
                        new Exception("boom"),
                        new UncheckedIOException(new java.io.IOException("boom")))) {
                    rows.add(new FaultRow(thrown.getClass().getSimpleName() + where)
                            .fault(type, step, thrown)
                            .thrown(thrown));
                }
                SocketStreamException condition = new SocketStreamException(Kind.APPLICATION, "no banner");
                rows.add(new FaultRow("condition" + where)
                        .fault(type, step, condition)
                        .condition(condition));
                rows.add(new FaultRow("unchecked condition" + where)
                        .fault(type, step, new UncheckedIOException(condition))
                        .condition(condition));
            }
        }
        return rows;
    }

    private static List<FaultRow> meddlers() {
        List<FaultRow> rows = new ArrayList<>();
        for (Misbehaviour meddling : Misbehaviour.values()) {
            if (meddling != Misbehaviour.NONE) {
                rows.add(expectation(new FaultRow("interceptor " + meddling).interceptor(meddling), meddling));
                rows.add(expectation(new FaultRow("decorator " + meddling).decorator(meddling), meddling));
            }
        }
        return rows;
    }

    private static FaultRow expectation(FaultRow row, Misbehaviour meddling) {
        return switch (meddling) {
            case THROWS_BEFORE -> row.thrown(IllegalStateException.class, "before");
            case THROWS_AFTER -> row.thrown(IllegalStateException.class, "after");
            case NEVER_PROCEEDS, DROPS_THE_RESULT -> row.returned(Misbehaviour.REFUSED);
            case RETURNS_NULL, RETURNS_NULL_AFTER ->
                row.thrown(
                        IllegalStateException.class,
                        "an interceptor or decorator of create returned null; the socket is closed\\. Return Opened or Failed");
            case RETURNS_A_STREAM_OF_ITS_OWN -> row.returned(Misbehaviour.OWN);
            case NONE -> throw new IllegalArgumentException();
        };
    }
}
