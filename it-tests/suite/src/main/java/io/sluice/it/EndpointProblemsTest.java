package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.context.SslContext;
import io.sluice.context.SslContextSpecifier;
import io.sluice.it.shapes.Home;
import io.sluice.it.support.Application;
import io.sluice.it.support.DeploymentMessages;
import io.sluice.it.support.Feature;
import io.sluice.it.support.Greeting;
import io.sluice.it.support.Protocol;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServers;
import io.sluice.stream.Assisted;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.testing.TestCertificate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.enterprise.inject.Vetoed;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Deployment reports all problems of endpoints together. */
@Feature("problems reported")
class EndpointProblemsTest {

    private static final String FROM = " (from PropertiesConfigSource[source=the test's properties]): ";

    @ApplicationScoped
    public static class Sound {
        @SocketEndpoint("echo")
        void talk(SocketStream stream) {}
    }

    @ApplicationScoped
    public static class Hidden {
        @SocketEndpoint(value = "hidden", port = 0, ssl = "none")
        private void talk(SocketStream stream) {}
    }

    @ApplicationScoped
    public static class Common {
        @SocketEndpoint(value = "common", port = 0, ssl = "none")
        static void talk(SocketStream stream) {}
    }

    @ApplicationScoped
    public static class Streamless {
        @SocketEndpoint(value = "first", port = 0, ssl = "none")
        void none() {}

        @SocketEndpoint(value = "second", port = 0, ssl = "none")
        void last(Greeting greeting, SocketStream stream) {}
    }

    @ApplicationScoped
    public static class Messages {
        @SocketEndpoint(value = "text", port = 0, ssl = "none")
        void text(String message) {}

        @SocketEndpoint(value = "greeting", port = 0, ssl = "none", frames = "line")
        void greeting(Greeting message) {}

        @SocketEndpoint(value = "reply", port = 0, ssl = "none", frames = "line")
        List<Integer> reply(String message) {
            return List.of(message.length());
        }

        @SocketEndpoint(value = "stream", port = 0, ssl = "none")
        void stream(SocketStream stream) {}
    }

    @ApplicationScoped
    public static class Misnamed {
        @SocketEndpoint(value = "My Echo", port = 0, ssl = "none")
        void talk(SocketStream stream) {}
    }

    public abstract static class Unfinished extends SocketStream {}

    public static class Generic<T> extends SocketStream {}

    public class Inner extends SocketStream {}

    private static class Private extends SocketStream {}

    public static class Unmakeable extends SocketStream {
        Unmakeable(String argument) {}
    }

    @Vetoed
    public static class Unsatisfied extends SocketStream {
        @Inject
        StringBuilder nothing;
    }

    @Vetoed
    public static class Ambiguous extends SocketStream {
        @Inject
        Runnable one;
    }

    @Dependent
    public static class TwoRunnables {
        @Produces
        Runnable one() {
            return () -> {};
        }

        @Produces
        Runnable another() {
            return () -> {};
        }
    }

    @ApplicationScoped
    public static class NeverStreams extends OfUndiscovered<Unsatisfied> {
        @SocketEndpoint(value = "generic", port = 0, ssl = "none")
        void generic(Generic<String> stream) {}

        @SocketEndpoint(value = "inner", port = 0, ssl = "none")
        void inner(Inner stream) {}

        @SocketEndpoint(value = "private", port = 0, ssl = "none")
        void secret(Private stream) {}

        @SocketEndpoint(value = "unmakeable", port = 0, ssl = "none")
        void unmakeable(Unmakeable stream) {}
    }

    public abstract static class OfUndiscovered<S extends SocketStream> {
        @SocketEndpoint(value = "undiscovered", port = 0, ssl = "none")
        void undiscovered(S stream) {}
    }

    @ApplicationScoped
    public static class OfAmbiguous extends OfUndiscovered<Ambiguous> {}

    @ApplicationScoped
    public static final class Unproxyable {
        @SocketEndpoint(value = "unproxyable", port = 0, ssl = "none")
        void talk(SocketStream stream) {}
    }

    @Dependent
    public static class Itself extends SocketStream {
        @SocketEndpoint(value = "itself", port = 0, ssl = "none")
        void talk(SocketStream stream) {}
    }

    @ApplicationScoped
    public static class FarFromHome extends Home {}

    public static class Wanting extends SocketStream {
        @Inject
        @Assisted("user")
        String user;
    }

    @ApplicationScoped
    public static class BadStreams {
        @SocketEndpoint(value = "unfinished", port = 0, ssl = "none")
        void talk(Unfinished stream) {}

        @SocketEndpoint(value = "wanting", port = 0, ssl = "none")
        void talk(Wanting stream) {}
    }

    @ApplicationScoped
    public static class Asking {
        @SocketEndpoint(value = "asking", port = 0, ssl = "none")
        void talk(SocketStream stream, StringBuilder nothing, @SslContext("wbe") SocketStreamCreator mistyped) {}
    }

    @ApplicationScoped
    public static class Twice {
        @SocketEndpoint(value = "twice", port = 0, ssl = "none")
        void one(SocketStream stream) {}

        @SocketEndpoint(value = "twice", port = 0, ssl = "none")
        void two(SocketStream stream) {}
    }

    public static class Base {
        @SocketEndpoint(value = "base", port = 0, ssl = "none")
        void talk(SocketStream stream) {}
    }

    @ApplicationScoped
    public static class HeirA extends Base {}

    @ApplicationScoped
    public static class HeirB extends Base {}

    /** A method that is overridden without the annotation is not an endpoint any more. */
    @ApplicationScoped
    public static class Overrider extends Base {
        @Override
        void talk(SocketStream stream) {
            throw new IllegalStateException("not an endpoint");
        }
    }

    @ApplicationScoped
    @Typed(Serializable.class)
    public static class Restricted implements Serializable {
        private static final long serialVersionUID = 1L;

        @SocketEndpoint(value = "restricted", port = 0, ssl = "none")
        void talk(SocketStream stream) {}
    }

    @ApplicationScoped
    public static class Two {
        @SocketEndpoint(value = "one", port = 1, ssl = "none")
        void one(SocketStream stream) {}

        @SocketEndpoint(value = "two", port = 1, address = "127.0.0.1", ssl = "none")
        void two(SocketStream stream) {}
    }

    @Dependent
    public static class Keyless {
        @Produces
        @SslContext("keyless")
        static SslContextSpecifier keyless() {
            return Protocol.TLS13.specifierWithoutKey();
        }

        @SocketEndpoint(value = "keyless", port = 0)
        void talk(SocketStream stream) {}
    }

    record Row(String what, Map<String, String> properties, List<Class<?>> beans, List<String> told) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Row row(String what, Class<?> bean, Map<String, String> properties, String... told) {
        return new Row(what, properties, List.of(bean), List.of(told));
    }

    private static String at(String name, Class<?> type, String method) {
        return "endpoint '" + name + "' (" + type.getName() + "." + method + "): ";
    }

    private static Map<String, String> echo(String... keysAndValues) {
        Map<String, String> properties =
                new TreeMap<>(Map.of("sluice.endpoint.echo.port", "0", "sluice.endpoint.echo.ssl", "none"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put("sluice.endpoint.echo." + keysAndValues[i], keysAndValues[i + 1]);
        }
        return properties;
    }

    private static String echo(String key) {
        return "sluice.endpoint.echo." + key + FROM;
    }

    static Stream<Row> rows() {
        return Stream.of(
                row(
                        "private",
                        Hidden.class,
                        Map.of(),
                        at("hidden", Hidden.class, "talk")
                                + "the method is private, so it cannot be called through the bean. Make it at least"
                                + " package-private"),
                row(
                        "static",
                        Common.class,
                        Map.of(),
                        at("common", Common.class, "talk")
                                + "the method is static, so it does not belong to a bean. Make it an instance method"),
                row(
                        "no stream",
                        Streamless.class,
                        Map.of(),
                        at("first", Streamless.class, "none")
                                + "the method needs a parameter: a SocketStream or a subclass, or a message",
                        at("second", Streamless.class, "last")
                                + "it is unknown where a message ends. Write a bean of type FrameCodec<Greeting>. If the"
                                + " method should serve the whole stream, make its first parameter a SocketStream"),
                row(
                        "messages",
                        Messages.class,
                        Map.of("sluice.endpoint.stream.idle-timeout", "5s"),
                        at("text", Messages.class, "text")
                                + "it is unknown where a message ends. Set sluice.endpoint.text.frames or"
                                + " @SocketEndpoint's frames, such as line, length:4 or mllp, or write a bean of type"
                                + " FrameCodec<String>. If the method should serve the whole stream, make its first"
                                + " parameter a SocketStream",
                        at("greeting", Messages.class, "greeting")
                                + "the type of the message is io.sluice.it.support.Greeting, but with frames 'line' it"
                                + " can only be byte[], ByteBuffer or String. Use one of these, or omit frames and write"
                                + " a bean of type FrameCodec<Greeting>",
                        at("reply", Messages.class, "reply")
                                + "the type of the reply is java.lang.Integer, but with frames 'line' it can only be"
                                + " byte[], ByteBuffer or String. Use one of these, or omit frames and write a bean of"
                                + " type FrameCodec<Integer>",
                        at("stream", Messages.class, "stream")
                                + "sluice.endpoint.stream.idle-timeout is set, but the method's first parameter is the"
                                + " stream, so there are no messages. Make a message the first parameter, or remove the"
                                + " setting"),
                row(
                        "bad name",
                        Misnamed.class,
                        Map.of(),
                        at("My Echo", Misnamed.class, "talk")
                                + "'My Echo' is not a valid name of an endpoint. Use lower-case letters and digits, with single"
                                + " hyphens between them, such as my-app"),
                row(
                        "bad stream classes",
                        BadStreams.class,
                        Map.of(),
                        at("unfinished", BadStreams.class, "talk") + "stream class " + Unfinished.class.getName()
                                + ": it is abstract. Use a concrete subclass",
                        at("wanting", BadStreams.class, "talk") + Wanting.class.getName()
                                + ": initarg 'user' (java.lang.String) is missing: pass Initarg.of(\"user\", …), or"
                                + " make the injection point an Optional"),
                new Row(
                        "stream classes that can never be made",
                        Map.of(),
                        List.of(NeverStreams.class),
                        List.of(
                                at("generic", NeverStreams.class, "generic") + "stream class " + Generic.class.getName()
                                        + ": it is generic, so its types are unknown when it is created: use a subclass that"
                                        + " fixes them",
                                at("inner", NeverStreams.class, "inner") + "stream class " + Inner.class.getName()
                                        + ": it is an inner class. Make it static or a top-level class",
                                at("private", NeverStreams.class, "secret") + "stream class " + Private.class.getName()
                                        + ": it is private. Make it at least package-private",
                                at("unmakeable", NeverStreams.class, "unmakeable") + "stream class "
                                        + Unmakeable.class.getName() + ": it has neither an @Inject constructor nor a"
                                        + " non-private one without parameters",
                                at("undiscovered", OfUndiscovered.class, "undiscovered") + "stream class "
                                        + Unsatisfied.class.getName() + ": the container cannot create it: …")),
                new Row(
                        "undiscovered stream class with an ambiguous point",
                        Map.of(),
                        List.of(OfAmbiguous.class, TwoRunnables.class),
                        List.of(at("undiscovered", OfUndiscovered.class, "undiscovered") + "stream class "
                                + Ambiguous.class.getName() + ": the container cannot create it: …")),
                row(
                        "bean without a client proxy",
                        Unproxyable.class,
                        Map.of(),
                        at("unproxyable", Unproxyable.class, "talk")
                                + "the bean is @ApplicationScoped, but the container cannot make a client proxy of it: …"),
                row(
                        "method of a stream class",
                        Itself.class,
                        Map.of(),
                        at("itself", Itself.class, "talk")
                                + "the method belongs to a stream class, whose instances are created only for connections"
                                + ". Move the method to a bean of another class"),
                row(
                        "package-private method of another package",
                        FarFromHome.class,
                        Map.of(),
                        at("home", Home.class, "talk")
                                + "the method is package-private, but its bean is in another package, so it cannot be"
                                + " called through the bean. Make it protected or public"),
                row(
                        "nothing to inject",
                        Asking.class,
                        Map.of(),
                        at("asking", Asking.class, "talk") + "the container cannot inject at " + Asking.class.getName()
                                + ".talk(parameter 2): …",
                        "@SslContext(\"wbe\") SocketStreamCreator at " + Asking.class.getName()
                                + ".talk(parameter 3): there is no context 'wbe'. Configure sluice.ssl.wbe.…, or"
                                + " supply a bean of it"),
                row(
                        "one name twice",
                        Twice.class,
                        Map.of(),
                        "endpoint 'twice' has more than one method: "
                                + Twice.class.getName() + ".one and " + Twice.class.getName()
                                + ".two. Give each method its own name"),
                new Row(
                        "inherited twice",
                        Map.of(),
                        List.of(HeirA.class, HeirB.class),
                        List.of("endpoint 'base' has more than one method: " + Base.class.getName()
                                + ".talk is inherited by " + HeirA.class.getName() + " and " + HeirB.class.getName()
                                + ". Keep it in one bean only: override it without the annotation in the others")),
                row(
                        "not of the bean's types",
                        Restricted.class,
                        Map.of(),
                        at("restricted", Restricted.class, "talk")
                                + "the method's class is not a type of the bean, so the method cannot be called through the bean."
                                + " Add Restricted to @Typed"),
                row(
                        "no port",
                        Sound.class,
                        Map.of("sluice.endpoint.echo.ssl", "none"),
                        "sluice.endpoint.echo.port (not set): the endpoint has no port. Set this property or"
                                + " @SocketEndpoint's port. 0 selects a free port."),
                row(
                        "bad values",
                        Sound.class,
                        echo(
                                "port", "99999",
                                "backlog", "none",
                                "reuse-address", "perhaps",
                                "read-timeout", "soon",
                                "max-connections", "-1",
                                "threads", "green",
                                "drain-timeout", "0s",
                                "on-rotation", "restart",
                                "caller", "everybody",
                                "adress", "localhost"),
                        echo("port") + "'99999' is not a whole number from 0 to 65535. Correct it.",
                        echo("backlog") + "'none' is not a whole number from 1 to 2147483647. Correct it.",
                        echo("reuse-address") + "'perhaps' is neither true nor false. Use true or false.",
                        echo("read-timeout")
                                + "'soon' is not a duration. Use a form such as 10s, 500ms or PT10S, or 0s for no limit.",
                        echo("max-connections") + "'-1' is not a whole number from 0 to 2147483647. Correct it.",
                        echo("threads") + "'green' is not valid. Use one of auto, virtual, platform, managed.",
                        echo("drain-timeout")
                                + "'0s' is not a duration longer than zero. Use a form such as 10s, 500ms or PT10S.",
                        echo("on-rotation") + "'restart' is not valid. Use one of keep, drain, close.",
                        echo("caller") + "'everybody' is not valid. Use one of none, certificate.",
                        echo("adress")
                                + "there is no key 'adress' (did you mean address?). Correct the name, or remove the"
                                + " property."),
                row(
                        "certificate as caller, without TLS and without a server",
                        Sound.class,
                        echo("caller", "certificate"),
                        at("echo", Sound.class, "talk")
                                + "sluice.endpoint.echo.caller is certificate, but no client can present one: the endpoint is"
                                + " plaintext. Use a context with TLS, or remove the property",
                        at("echo", Sound.class, "talk")
                                + "sluice.endpoint.echo.caller is certificate, but this environment has no security in which a"
                                + " certificate can become the caller. Run the application in WildFly, or in Open Liberty"
                                + " with the feature appSecurity-5.0, or remove the property"),
                row(
                        "bad address",
                        Sound.class,
                        echo("address", "256.0.0.1.invalid"),
                        echo("address")
                                + "there is no address '256.0.0.1.invalid'. Set an address of this machine, or remove"
                                + " the address to listen on all of them."),
                row(
                        "address of another machine",
                        Sound.class,
                        echo("address", "192.0.2.1"),
                        at("echo", Sound.class, "talk") + "server 'echo' cannot listen on 192.0.2.1, port 0: …"),
                row(
                        "rotation of plaintext",
                        Sound.class,
                        echo("ssl", "none", "on-rotation", "drain"),
                        at("echo", Sound.class, "talk")
                                + "on-rotation is drain, but the endpoint is plaintext, so it has no context that could"
                                + " be reloaded. Remove on-rotation, or set a context with TLS"),
                row(
                        "unknown endpoint",
                        Sound.class,
                        with(echo(), "sluice.endpoint.ehco.port", "1"),
                        "sluice.endpoint.ehco.port" + FROM
                                + "there is no endpoint 'ehco' (did you mean echo?). Correct the name, remove the"
                                + " property, or annotate a method of a bean with @SocketEndpoint(\"ehco\")."),
                row(
                        "unknown context",
                        Sound.class,
                        echo("ssl", "defautl"),
                        at("echo", Sound.class, "talk")
                                + "there is no context 'defautl' (did you mean default?). Correct"
                                + " sluice.endpoint.echo.ssl or @SocketEndpoint's ssl, or configure sluice.ssl.defautl.…"),
                row(
                        "no context",
                        Sound.class,
                        Map.of("sluice.endpoint.echo.port", "0"),
                        at("echo", Sound.class, "talk")
                                + "no SSL context is set, and there is no context with the endpoint's name. Set"
                                + " sluice.endpoint.echo.ssl or @SocketEndpoint's ssl (none means plaintext), or configure"
                                + " sluice.ssl.echo.…"),
                row(
                        "context without a key",
                        Sound.class,
                        echo("ssl", "default"),
                        at("echo", Sound.class, "talk")
                                + "context 'default' has no key, so it cannot be the server side: …"),
                new Row(
                        "one port twice",
                        Map.of("sluice.endpoint.one.port", "65531", "sluice.endpoint.two.port", "65531"),
                        List.of(Two.class),
                        List.of(at("one", Two.class, "one").replace("): ", ")") + " and "
                                + at("two", Two.class, "two").replace("): ", ")")
                                + " both listen on port 65531. Change one of the ports, or set reuse-port for both")));
    }

    private static Map<String, String> with(Map<String, String> properties, String key, String value) {
        properties.put(key, value);
        return properties;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void deployTellsEveryProblem(Row row) {
        Throwable thrown = catchThrowable(() -> Application.configured()
                .with(row.properties)
                .beans(row.beans.toArray(Class<?>[]::new))
                .start()
                .close());

        assertThat(thrown).isInstanceOf(DeploymentException.class);
        List<String> told = DeploymentMessages.by(thrown)
                .lines()
                .skip(1)
                .map(line -> line.replaceFirst("^ - ", ""))
                .toList();
        assertThat(told).hasSameSizeAs(row.told);
        assertThat(row.told)
                .allSatisfy(expected -> assertThat(told).anySatisfy(line -> {
                    if (expected.endsWith(": …")) {
                        assertThat(line).startsWith(expected.substring(0, expected.length() - 1));
                    } else {
                        assertThat(line).isEqualTo(expected);
                    }
                }));
    }

    @Test
    void portInUseIsToldWithEverythingElse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Throwable thrown = catchThrowable(() -> Application.configured()
                    .with(echo("port", String.valueOf(taken.getLocalPort()), "address", "127.0.0.1", "bcklog", "1"))
                    .beans(Sound.class)
                    .start()
                    .close());

            assertThat(DeploymentMessages.by(thrown))
                    .startsWith("Sluice found 2 problems:")
                    .contains(
                            "there is no key 'bcklog' (did you mean backlog?)",
                            at("echo", Sound.class, "talk") + "server 'echo' cannot listen on 127.0.0.1, port "
                                    + taken.getLocalPort() + ": ",
                            ". Use a free port and one of this machine's addresses, or stop the process that listens there");
        }
    }

    @Test
    void failedDeploymentLeavesNoPort() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Throwable thrown = catchThrowable(() -> Application.configured()
                .with(echo("port", String.valueOf(port), "address", "127.0.0.1"))
                .with("sluice.ssl.web.protocols", "SSLv9")
                .beans(Sound.class)
                .start()
                .close());

        assertThat(DeploymentMessages.by(thrown))
                .startsWith("Sluice found a problem:")
                .contains("sluice.ssl.web.protocols");
        try (ServerSocket again = new ServerSocket()) {
            again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        }
    }

    @Test
    void applicationsContextWithoutKeyStopsTheStart() {
        Throwable thrown = catchThrowable(
                () -> Application.configured().beans(Keyless.class).start().close());

        assertThat(thrown)
                .hasStackTraceContaining("Sluice could not start its endpoints: " + at("keyless", Keyless.class, "talk")
                        + "context 'keyless' is the application's own and has no key, so it cannot be the server side."
                        + " Add a key to it");
    }

    @Test
    void endpointThatIsNotEnabledNeedsNothing() {
        try (Application application = Application.configured("sluice.endpoint.echo.enabled", "false")
                .beans(Sound.class, Overrider.class)
                .start()) {
            assertThat(application.get(SocketServers.class).running()).isEmpty();
        }
    }

    @Test
    void endpointHasTheContextOfItsNameAndSoDoesItsConfiguration() {
        TestCertificate certificate = TestCertificate.ec("localhost");
        try (Application application = Application.configured(
                        "sluice.endpoint.echo.port", "0",
                        "sluice.ssl.echo.key-store.pem.0.cert", certificate.certificatePem(),
                        "sluice.ssl.echo.key-store.pem.0.key", certificate.keyPem())
                .beans(Sound.class)
                .start()) {
            assertThat(application.get(SocketServers.class).named("echo")).hasValueSatisfying(server -> {
                assertThat(server.address().getAddress().isAnyLocalAddress()).isTrue();
            });
        }
    }
}
