package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.SslContext;
import io.sluice.context.SslContextSpecifier;
import io.sluice.it.support.Application;
import io.sluice.it.support.DeploymentMessages;
import io.sluice.it.support.SuppliedContexts;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.testing.SocketPair;
import io.sluice.testing.TestCertificate;
import io.sluice.testing.internal.SocketKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A context of the application that is built on Sluice's own beans of its name is a problem at deployment or at its first
 * use.
 */
class CircularContextTest {

    private static final String END = ". Make that context from something else";
    private static final TestCertificate OWN = TestCertificate.ec("own");

    @Dependent
    static class ContextOfItsSpecifier {
        @Produces
        @SslContext("x")
        SSLContext produce(@SslContext("x") SslContextSpecifier own) {
            throw new AssertionError("not deployed");
        }
    }

    @Dependent
    static class ContextOfItsParameters {
        @Produces
        @SslContext("x")
        SSLContext produce(@SslContext("x") SSLParameters own) {
            throw new AssertionError("not deployed");
        }
    }

    @Dependent
    static class SpecifierOfItsContext {
        @Produces
        @SslContext("x")
        SslContextSpecifier produce(@SslContext("x") SSLContext own) {
            return SslContextSpecifier.of(own);
        }
    }

    @Dependent
    static class ThereAndBack {
        @Produces
        @SslContext("x")
        SslContextSpecifier there(@SslContext("y") SSLContext other) {
            return SslContextSpecifier.of(other);
        }

        @Produces
        @SslContext("y")
        SslContextSpecifier back(@SslContext("x") SSLContext other) {
            return SslContextSpecifier.of(other);
        }
    }

    static Stream<Arguments> circles() {
        String itself =
                "context 'x' is built on itself: the bean or producer of @SslContext(\"x\") takes Sluice's context";
        return Stream.of(
                Arguments.of(ContextOfItsSpecifier.class, itself + " 'x'" + END),
                Arguments.of(ContextOfItsParameters.class, itself + " 'x'" + END),
                Arguments.of(SpecifierOfItsContext.class, itself + " 'x'" + END),
                Arguments.of(
                        ThereAndBack.class, itself + " 'y', whose bean or producer takes Sluice's context 'x'" + END));
    }

    @ParameterizedTest
    @MethodSource("circles")
    void deployOfAContextThatTakesItselfFails(Class<?> bean, String problem) {
        assertThatThrownBy(() -> Application.configured().beans(bean).start())
                .isInstanceOf(DeploymentException.class)
                .satisfies(thrown ->
                        assertThat(DeploymentMessages.by(thrown)).isEqualTo("Sluice found a problem:\n - " + problem));
    }

    /**
     * A class may use the context that it produces, and a specifier may be built on the application's own context of the
     * name.
     */
    @ApplicationScoped
    static class UserOfWhatItProduces {
        @Inject
        @SslContext("x")
        Instance<SocketStreamCreator> creator;

        @Produces
        @SslContext("x")
        @Dependent
        static SSLContext produce() {
            return SuppliedContexts.of(OWN);
        }

        @Produces
        @SslContext("x")
        @Dependent
        static SslContextSpecifier produce(@SslContext("x") SSLContext own) {
            return SslContextSpecifier.of(own);
        }
    }

    @Dependent
    static class Injected {
        @Inject
        @SslContext("x")
        SocketStreamCreator creator;
    }

    @Test
    void contextOfTheApplicationsOwnIsNoCircle() throws Exception {
        try (Application application = Application.configured()
                        .beans(UserOfWhatItProduces.class, Injected.class)
                        .start();
                SocketPair pair = SocketKind.SOCKET.pair()) {
            var met = SuppliedContexts.peer().meetServer(pair.far());
            application
                    .get(Injected.class)
                    .creator
                    .create(pair.near(), SocketStream.class)
                    .orElseThrow()
                    .close();
            met.join();
        }
    }

    /** Deployment cannot see look-ups at run time. */
    @Dependent
    static class LookingUp {
        @Produces
        @SslContext("x")
        SSLContext produce(@SslContext("x") Instance<SSLParameters> own) {
            own.get();
            return SuppliedContexts.of(OWN);
        }
    }

    @Test
    void useOfAContextThatLooksItselfUpSaysSo() throws Exception {
        try (Application application =
                Application.configured().beans(LookingUp.class, Injected.class).start()) {
            SocketStreamCreator creator = application.get(Injected.class).creator;
            for (int attempt : List.of(1, 2)) {
                try (SocketPair pair = SocketKind.SOCKET.pair()) {
                    assertThatThrownBy(() -> creator.create(pair.near(), SocketStream.class)
                                    .orElseThrow())
                            .as("attempt %d", attempt)
                            .hasStackTraceContaining(
                                    "context 'x' is built on itself. Make the producer of @SslContext(\"x\")");
                }
            }
        }
    }
}
