package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.context.SslContext;
import io.sluice.it.support.Application;
import io.sluice.it.support.Contexts;
import io.sluice.it.support.CountedPair;
import io.sluice.it.support.DeploymentMessages;
import io.sluice.it.support.Feature;
import io.sluice.it.support.Protocol;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServer;
import io.sluice.server.SocketServers;
import io.sluice.stream.Assisted;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.testing.internal.SocketKind;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Specializes;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The method that serves an endpoint is that of the enabled bean, which may inherit it. It is the same on each container. */
@Feature("endpoints")
class EndpointShapesTest {

    private static void say(SocketStream stream, Object words) throws IOException {
        stream.writer().write(words.toString());
    }

    @ApplicationScoped
    public static class Original {
        @SocketEndpoint(value = "x", port = 0, ssl = "none")
        void serve(SocketStream stream) throws IOException {
            say(stream, name());
        }

        String name() {
            return "original";
        }
    }

    @Specializes
    @ApplicationScoped
    public static class SpecialHeir extends Original {
        @Override
        String name() {
            return "special heir";
        }
    }

    @Specializes
    @ApplicationScoped
    public static class SpecialOfSpecial extends SpecialHeir {
        @Override
        String name() {
            return "special of special";
        }
    }

    @Specializes
    @ApplicationScoped
    public static class SpecialAgain extends Original {
        @Override
        @SocketEndpoint(value = "x", port = 0, ssl = "none")
        void serve(SocketStream stream) throws IOException {
            say(stream, "special again");
        }
    }

    @Specializes
    @ApplicationScoped
    public static class SpecialWithoutAnnotation extends Original {
        @Override
        void serve(SocketStream stream) throws IOException {
            say(stream, "not an endpoint");
        }
    }

    @Alternative
    @Priority(1)
    @ApplicationScoped
    public static class AlternativeHeir extends Original {
        @Override
        String name() {
            return "alternative";
        }
    }

    @Alternative
    @Priority(2)
    @ApplicationScoped
    public static class HigherAlternative {
        @SocketEndpoint(value = "x", port = 0, ssl = "none")
        void serve(SocketStream stream) throws IOException {
            say(stream, "higher");
        }
    }

    @Alternative
    @ApplicationScoped
    public static class DisabledAlternative extends Original {}

    public static class Line extends SocketStream {
        String kind() {
            return "line";
        }
    }

    public abstract static class Base<S extends SocketStream, A> {
        @SocketEndpoint(value = "x", port = 0, ssl = "none")
        void serve(S stream, A argument, Instance<A> all) throws IOException {
            say(stream, stream.getClass().getSimpleName() + " and " + argument + " of " + all.isResolvable());
        }
    }

    @Dependent
    public static class Argument {
        @Override
        public String toString() {
            return "argument";
        }
    }

    public abstract static class Middle<A> extends Base<Line, A> {}

    @ApplicationScoped
    public static class HeirOfGeneric extends Middle<Argument> {}

    @ApplicationScoped
    public static class OverriderOfGeneric extends Middle<Argument> {
        @Override
        @SocketEndpoint(value = "x", port = 0, ssl = "none")
        void serve(Line stream, Argument argument, Instance<Argument> all) throws IOException {
            say(stream, "overrider " + stream.kind());
        }
    }

    @ApplicationScoped
    public static class OverriderWithoutAnnotation extends Middle<Argument> {
        @Override
        void serve(Line stream, Argument argument, Instance<Argument> all) throws IOException {
            say(stream, "not an endpoint");
        }
    }

    public abstract static class WithGenericMethod {
        @SocketEndpoint(value = "x", port = 0, ssl = "none")
        <S extends Line> void serve(S stream) throws IOException {
            say(stream, "bound " + stream.kind());
        }
    }

    @ApplicationScoped
    public static class HeirOfGenericMethod extends WithGenericMethod {}

    public interface Serving {
        @SocketEndpoint(value = "x", port = 0, ssl = "none")
        default void serve(SocketStream stream) throws IOException {
            say(stream, "default");
        }
    }

    @ApplicationScoped
    public static class OfServing implements Serving {}

    @ApplicationScoped
    @Typed(Serving.class)
    public static class OfServingAlone implements Serving {}

    @ApplicationScoped
    public static class OverriderOfServing implements Serving {
        @Override
        public void serve(SocketStream stream) throws IOException {
            say(stream, "not an endpoint");
        }
    }

    public interface StillServing extends Serving {
        @Override
        void serve(SocketStream stream) throws IOException;
    }

    @ApplicationScoped
    public static class OverriderOfStillServing implements StillServing {
        @Override
        public void serve(SocketStream stream) throws IOException {
            say(stream, "not an endpoint");
        }
    }

    public interface ServingAny<S extends SocketStream> {
        @SocketEndpoint(value = "x", port = 0, ssl = "none")
        default void serve(S stream) throws IOException {
            say(stream, "default " + stream.getClass().getSimpleName());
        }
    }

    @ApplicationScoped
    public static class OfServingAny implements ServingAny<Line> {}

    public interface Declaring {
        @SocketEndpoint(value = "x", port = 0, ssl = "none")
        void serve(SocketStream stream) throws IOException;
    }

    @ApplicationScoped
    public static class OfDeclaring implements Declaring {
        @Override
        public void serve(SocketStream stream) throws IOException {
            say(stream, "not an endpoint");
        }
    }

    /** The compiler adds a bridge to the public method to the subclass. */
    abstract static class NotPublic {
        @SocketEndpoint(value = "x", port = 0, ssl = "none")
        public void serve(SocketStream stream) throws IOException {
            say(stream, "not public");
        }
    }

    @ApplicationScoped
    public static class HeirOfNotPublic extends NotPublic {}

    public static class Produced {
        @SocketEndpoint(value = "x", port = 0, ssl = "none")
        void serve(SocketStream stream) throws IOException {
            say(stream, "not an endpoint");
        }
    }

    @Dependent
    public static class Producer {
        @Produces
        @ApplicationScoped
        Produced produced() {
            return new Produced();
        }
    }

    @Dependent
    public static class Plain extends SocketStream {
        @Inject
        @Assisted("who")
        java.util.Optional<String> who;

        String kind() {
            return "plain";
        }
    }

    @Dependent
    @Specializes
    public static class SpecialStream extends Plain {
        @Override
        String kind() {
            return "special";
        }
    }

    @Dependent
    @Alternative
    @Priority(1)
    public static class AlternativeStream extends Plain {
        @Override
        String kind() {
            return "alternative";
        }
    }

    @Dependent
    @Alternative
    @Priority(1)
    public static class SecondAlternativeStream extends Plain {}

    @Dependent
    @Specializes
    public static class SpecialLine extends Line {
        @Override
        String kind() {
            return "special line";
        }
    }

    @ApplicationScoped
    public static class OfPlain {
        @SocketEndpoint(value = "x", port = 0, ssl = "none")
        void serve(Plain stream) throws IOException {
            say(stream, stream.kind());
        }
    }

    @ApplicationScoped
    public static class OfLine {
        @SocketEndpoint(value = "x", port = 0, ssl = "none")
        void serve(Line stream) throws IOException {
            say(stream, stream.kind());
        }
    }

    /** The injection points and producers of a specialized bean are ignored. */
    @ApplicationScoped
    public static class Wanting {
        protected Wanting() {}

        @Inject
        Wanting(@SslContext("nowhere") SocketStreamCreator creator) {}

        @Produces
        @SslContext("none")
        static SSLContext nothing() {
            throw new IllegalStateException("the bean is specialized");
        }
    }

    @ApplicationScoped
    @Specializes
    public static class Content extends Wanting {
        @SocketEndpoint(value = "x", port = 0, ssl = "none")
        void serve(SocketStream stream) throws IOException {
            say(stream, "content");
        }
    }

    record Shape(String what, String answer, List<Class<?>> beans) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Shape served(String answer, Class<?>... beans) {
        return new Shape(Stream.of(beans).map(Class::getSimpleName).toList().toString(), answer, List.of(beans));
    }

    private static Shape unserved(Class<?>... beans) {
        return served(null, beans);
    }

    static Stream<Shape> shapes() {
        return Stream.of(
                served("original", Original.class),
                served("special heir", Original.class, SpecialHeir.class),
                served("special of special", Original.class, SpecialHeir.class, SpecialOfSpecial.class),
                served("special again", Original.class, SpecialAgain.class),
                unserved(Original.class, SpecialWithoutAnnotation.class),
                served("alternative", Original.class, AlternativeHeir.class),
                served("higher", Original.class, AlternativeHeir.class, HigherAlternative.class),
                served("original", Original.class, DisabledAlternative.class),
                served("Line and argument of true", HeirOfGeneric.class, Argument.class),
                served("overrider line", OverriderOfGeneric.class, Argument.class),
                unserved(OverriderWithoutAnnotation.class, Argument.class),
                served("bound line", HeirOfGenericMethod.class),
                served("default", OfServing.class),
                served("default", OfServingAlone.class),
                unserved(OverriderOfServing.class),
                unserved(OverriderOfStillServing.class),
                served("default Line", OfServingAny.class),
                unserved(OfDeclaring.class),
                served("not public", HeirOfNotPublic.class),
                unserved(Producer.class),
                served("plain", OfPlain.class, Plain.class),
                served("special", OfPlain.class, Plain.class, SpecialStream.class),
                served("alternative", OfPlain.class, Plain.class, AlternativeStream.class),
                served("alternative", OfPlain.class, Plain.class, SpecialStream.class, AlternativeStream.class),
                served("special line", OfLine.class, SpecialLine.class),
                served("content", Wanting.class, Content.class));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void methodOfTheEnabledBeanServes(Shape shape) throws IOException {
        try (Application application = Application.configured()
                .beans(shape.beans.toArray(Class<?>[]::new))
                .start()) {
            Map<String, String> answers = new TreeMap<>();
            for (SocketServer server : application.get(SocketServers.class).running()) {
                answers.put(server.name(), answer(server));
            }
            assertThat(answers).isEqualTo(shape.answer == null ? Map.of() : Map.of("x", shape.answer));
        }
    }

    private static String answer(SocketServer server) throws IOException {
        try (Socket client =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            client.setSoTimeout(30_000);
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Plain created(Application application, Class<? extends Plain> type) throws IOException {
        try (CountedPair pair = CountedPair.of(SocketKind.SOCKET)) {
            Plain stream = application
                    .get(Contexts.class)
                    .creator(Protocol.PLAIN)
                    .create(pair.near(), type, Initarg.of("who", "me"))
                    .orElseThrow();
            stream.close();
            pair.assertClosedOnce();
            return stream;
        }
    }

    @Test
    void creationGivesTheStreamClassThatIsEnabledForTheOneAsked() throws Exception {
        try (Application application = Application.configured()
                .beans(Contexts.class, Plain.class, AlternativeStream.class)
                .start()) {
            assertThat(created(application, Plain.class))
                    .isInstanceOf(AlternativeStream.class)
                    .satisfies(stream -> assertThat(stream.who).contains("me"));
            assertThat(created(application, AlternativeStream.class)).isInstanceOf(AlternativeStream.class);
            try (CountedPair pair = CountedPair.of(SocketKind.SOCKET);
                    SocketStream stream = application
                            .get(Contexts.class)
                            .creator(Protocol.PLAIN)
                            .create(pair.near(), SocketStream.class)
                            .orElseThrow()) {
                assertThat(stream).isNotInstanceOf(Plain.class);
            }
        }
    }

    @Test
    void streamClassWithTwoAlternativesIsToldWhereItIsAskedFor() {
        Throwable thrown = catchThrowable(() -> Application.configured()
                .beans(OfPlain.class, Plain.class, AlternativeStream.class, SecondAlternativeStream.class)
                .start()
                .close());

        assertThat(DeploymentMessages.by(thrown))
                .startsWith("Sluice found a problem:")
                .contains("endpoint 'x' (" + OfPlain.class.getName() + ".serve): stream class "
                        + Plain.class.getName()
                        + ": several alternatives replace it: " + AlternativeStream.class.getName()
                        + " and " + SecondAlternativeStream.class.getName()
                        + ". Enable only one of them as an alternative, or give one a higher @Priority");
    }
}
