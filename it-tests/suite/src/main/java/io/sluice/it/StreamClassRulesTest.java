package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.context.SslContext;
import io.sluice.it.support.Application;
import io.sluice.it.support.DeploymentMessages;
import io.sluice.it.support.Greeting;
import io.sluice.stream.Assisted;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamCreator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Specializes;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.junit.jupiter.api.Test;

/** The rules for stream classes are checked at deployment, together with everything else. */
class StreamClassRulesTest {

    @Dependent
    static class NoStream {
        @Inject
        @Assisted("id")
        String field;

        @Inject
        NoStream(@Assisted("size") int size) {}
    }

    @Dependent
    static class Stream extends SocketStream {
        @Inject
        @Assisted("id")
        String id;
    }

    @ApplicationScoped
    static class SharedStream extends SocketStream {}

    @RequestScoped
    static class RequestStream extends SocketStream {}

    @Singleton
    static class SingleStream extends SocketStream {}

    @Dependent
    static class Listening extends SocketStream {
        void listen(@Observes Greeting greeting) {}

        void listenLater(@ObservesAsync Greeting greeting) {}

        @Produces
        StringBuilder produced() {
            return new StringBuilder();
        }

        /** Needs no instance. */
        static void overhear(@Observes Greeting greeting) {}
    }

    @Dependent
    @Specializes
    static class OfTheLibrary extends SocketStream {}

    @Dependent
    static class Unknown {
        @Inject
        @SslContext("nowhere")
        SocketStreamCreator creator;
    }

    private static Throwable failure(Class<?>... beans) {
        return catchThrowable(
                () -> Application.configured().beans(beans).start().close());
    }

    @Test
    void deployWithAssistedOutsideAStreamClassFails() {
        Throwable thrown = failure(NoStream.class, Stream.class);

        assertThat(thrown).isInstanceOfAny(DeploymentException.class, DefinitionException.class);
        assertThat(DeploymentMessages.by(thrown).lines())
                .containsExactlyInAnyOrder(
                        "Sluice found 2 problems:",
                        " - @Assisted at " + NoStream.class.getName() + "(parameter 1): only stream classes (subclasses"
                                + " of SocketStream) have initargs to inject",
                        " - @Assisted at " + NoStream.class.getName() + ".field: only stream classes (subclasses of"
                                + " SocketStream) have initargs to inject");
    }

    @Test
    void deployWithAScopedStreamClassFails() {
        Throwable thrown = failure(SharedStream.class, RequestStream.class, SingleStream.class);

        assertThat(thrown).isInstanceOfAny(DeploymentException.class, DefinitionException.class);
        assertThat(DeploymentMessages.by(thrown).lines())
                .containsExactlyInAnyOrder(
                        "Sluice found 3 problems:",
                        scoped(SharedStream.class, "ApplicationScoped"),
                        scoped(RequestStream.class, "RequestScoped"),
                        scoped(SingleStream.class, "Singleton"));
    }

    @Test
    void deployWithMethodsThatTheContainerWouldCallWithoutAConnectionFails() {
        assertThat(DeploymentMessages.by(failure(Listening.class)).lines())
                .containsExactlyInAnyOrder(
                        "Sluice found 3 problems:", called("listen"), called("listenLater"), called("produced"));
    }

    private static String called(String method) {
        return " - stream class " + Listening.class.getName() + " has the method " + method + ", which is an observer"
                + " or producer: the container would call it on an instance without a connection. Move it to another bean,"
                + " or make it static";
    }

    @Test
    void deployWithAClassThatSpecializesSocketStreamFails() {
        assertThat(DeploymentMessages.by(failure(OfTheLibrary.class)).lines())
                .containsExactly(
                        "Sluice found a problem:",
                        " - stream class " + OfTheLibrary.class.getName()
                                + " specializes SocketStream, which is not a bean"
                                + " and cannot be replaced. Remove @Specializes, and create streams of this class");
    }

    private static String scoped(Class<?> type, String scope) {
        return " - stream class " + type.getName() + " is @" + scope
                + ": a stream belongs to its creator, so its scope must be @Dependent";
    }

    @Test
    void deployWithProblemsOfSeveralKindsTellsAll() {
        Throwable thrown = catchThrowable(() -> Application.configured("sluice.ssl.web.protocol", "TLSv1.3")
                .beans(NoStream.class, Stream.class, SingleStream.class, Unknown.class)
                .start()
                .close());

        assertThat(DeploymentMessages.by(thrown))
                .startsWith("Sluice found 5 problems:")
                .contains("@Assisted at", "is @Singleton", "no context 'nowhere'", "sluice.ssl.web.protocol");
    }

    @Test
    void resolveOfADiscoveredStreamClassFindsNothing() {
        try (Application application =
                Application.configured().beans(Stream.class).start()) {
            assertThat(application.container().select(Stream.class).isUnsatisfied())
                    .isTrue();
            assertThat(application.container().select(SocketStream.class).isAmbiguous())
                    .isFalse();
        }
    }
}
