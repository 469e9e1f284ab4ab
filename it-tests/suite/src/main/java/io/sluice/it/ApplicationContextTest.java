package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.SslContext;
import io.sluice.context.SslContextSpecifier;
import io.sluice.it.support.Application;
import io.sluice.it.support.DeploymentMessages;
import io.sluice.it.support.Injectable;
import io.sluice.it.support.LookupPath;
import io.sluice.it.support.Peer;
import io.sluice.it.support.SuppliedContexts;
import io.sluice.it.support.TwoContexts;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.testing.SocketPair;
import io.sluice.testing.TestCertificate;
import io.sluice.testing.internal.SocketKind;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A bean of the application with {@code @SslContext} is the context of that name, and Sluice's other beans of the name are
 * built on it.
 */
class ApplicationContextTest {

    private static final TestCertificate OWN = TestCertificate.ec("own");
    private static final AtomicInteger MADE = new AtomicInteger();
    private static final AtomicInteger RELEASED = new AtomicInteger();

    private final TwoContexts contexts = new TwoContexts();

    /** Has the certificate of the application and trusts the peer of the tests. */
    private static SSLContext make() {
        MADE.incrementAndGet();
        return SuppliedContexts.of(OWN);
    }

    @Dependent
    static class OfContext {
        @Produces
        @SslContext("web")
        SSLContext produce() {
            return make();
        }

        void dispose(@Disposes @SslContext("web") SSLContext context) {
            RELEASED.incrementAndGet();
        }
    }

    @ApplicationScoped
    static class OfSpecifier {
        @Produces
        @SslContext("web")
        SslContextSpecifier produce() {
            return SslContextSpecifier.of(make());
        }

        void dispose(@Disposes @SslContext("web") SslContextSpecifier specifier) {
            RELEASED.incrementAndGet();
        }
    }

    @Dependent
    static class OfField {
        @Produces
        @SslContext("web")
        final SSLContext context = make();
    }

    @Dependent
    static class OfUnlikely {
        @Produces
        @SslContext("web")
        SSLContext produce() {
            throw new AssertionError("replaced by an alternative");
        }
    }

    @Dependent
    @Alternative
    @Priority(1)
    static class OfAlternative {
        @Produces
        @SslContext("web")
        SSLContext produce() {
            return make();
        }
    }

    @Dependent
    static class OfFailing {
        @Produces
        @SslContext("web")
        SSLContext produce() {
            MADE.incrementAndGet();
            throw new IllegalStateException("no context today");
        }
    }

    @Dependent
    static class Injected {
        @Inject
        @SslContext("web")
        SocketStreamCreator creator;
    }

    @BeforeEach
    void countAnew() {
        MADE.set(0);
        RELEASED.set(0);
    }

    private Application.Builder application(Class<?>... beans) {
        return Application.configured()
                .with(contexts.properties())
                .beans(beans)
                .beans(Injected.class)
                .beans(LookupPath.BEANS);
    }

    private static String identity(Application application, Injectable injectable, Peer peer) throws Exception {
        Object found = LookupPath.FIELD.find(application.container(), injectable, "web");
        return injectable.identity(
                found,
                peer,
                application
                        .container()
                        .select(SocketStreamCreator.class, SslContext.Literal.of("none"))
                        .get());
    }

    static Stream<Arguments> everyKindForEveryInjectable() {
        List<List<Class<?>>> kinds = List.of(
                List.of(OfContext.class),
                List.of(OfSpecifier.class),
                List.of(OfField.class),
                List.of(OfUnlikely.class, OfAlternative.class),
                List.of(OfAlternative.class, OfUnlikely.class));
        return kinds.stream()
                .flatMap(kind -> Stream.of(Injectable.values()).map(injectable -> Arguments.of(kind, injectable)));
    }

    @ParameterizedTest
    @MethodSource("everyKindForEveryInjectable")
    void useGivesTheApplicationsOwnContext(List<Class<?>> kind, Injectable injectable) throws Exception {
        try (Application application =
                application(kind.toArray(Class<?>[]::new)).start()) {
            String met = identity(application, injectable, SuppliedContexts.peer());

            // The parameters are those of the configuration, which still applies.
            assertThat(met).isEqualTo(injectable == Injectable.PARAMETERS ? "web" : "own");
        }
    }

    @Test
    void configuredParametersStillApply() throws Exception {
        try (Application application = application(OfContext.class).start();
                SocketPair pair = SocketKind.SOCKET.pair()) {
            var met = SuppliedContexts.peer().meetServer(pair.far());
            try (SocketStream stream = application
                    .get(Injected.class)
                    .creator
                    .create(pair.near(), SocketStream.class)
                    .orElseThrow()) {
                assertThat(stream.tls().orElseThrow().protocol()).isEqualTo("TLSv1.3");
            }
            met.join();
        }
    }

    @ParameterizedTest
    @MethodSource("everyDisposed")
    void produceIsCalledAtTheFirstUseOnceAndReleasedAtTheEnd(Class<?> kind) throws Exception {
        Application application = application(kind).start();
        try (application) {
            application.get(Injected.class);
            assertThat(MADE).as("before the first use").hasValue(0);

            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                SocketStreamCreator creator = application.get(Injected.class).creator;
                Callable<String> use = () -> Injectable.CREATOR.identity(creator, SuppliedContexts.peer(), creator);
                for (Future<String> met : threads.invokeAll(
                        IntStream.range(0, 16).mapToObj(i -> use).toList())) {
                    assertThat(met.get()).isEqualTo("own");
                }
            } finally {
                threads.shutdown();
            }
            assertThat(MADE).as("after 16 uses").hasValue(1);
            assertThat(RELEASED).as("while in use").hasValue(0);
        }
        assertThat(RELEASED).as("at the end").hasValue(1);
    }

    static Stream<Class<?>> everyDisposed() {
        return Stream.of(OfContext.class, OfSpecifier.class);
    }

    @Test
    void useOfAContextThatItsProducerRefusesThrowsThatAndClosesTheSocketAndAsksAgain() throws IOException {
        try (Application application = application(OfFailing.class).start()) {
            for (int attempt = 1; attempt <= 2; attempt++) {
                try (SocketPair pair = SocketKind.SOCKET.pair()) {
                    SocketStreamCreator creator = application.get(Injected.class).creator;

                    assertThatThrownBy(() -> creator.create(pair.near(), SocketStream.class))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessage("no context today");
                    assertThat(pair.near().isClosed()).isTrue();
                    assertThat(MADE).hasValue(attempt);
                }
            }
        }
    }

    @Test
    void deployWithTwoOfOneNameFails() {
        assertThatThrownBy(() -> Application.configured()
                        .beans(OfUnlikely.class, OfField.class, Injected.class)
                        .start())
                .isInstanceOf(DeploymentException.class)
                .satisfies(thrown -> assertThat(DeploymentMessages.by(thrown))
                        .isEqualTo("Sluice found a problem:\n - the application supplies more than one"
                                + " @SslContext(\"web\") SSLContext: a producer of " + OfField.class.getName()
                                + " and a producer of " + OfUnlikely.class.getName()
                                + ". Keep one of them, or make one an enabled alternative"));
    }

    /** As in a server, each application has its own thread and class loader. */
    @Test
    void applicationsSideBySideDoNotMeet() throws Exception {
        ExecutorService first = Executors.newSingleThreadExecutor();
        ExecutorService second = Executors.newSingleThreadExecutor();
        try {
            Application own =
                    first.submit(() -> application(OfContext.class).start()).get();
            Application configured = second.submit(() -> application().start()).get();

            for (Injectable injectable : List.of(Injectable.CREATOR, Injectable.CONNECTOR, Injectable.SSL_CONTEXT)) {
                assertThat(first.submit(() -> identity(own, injectable, SuppliedContexts.peer()))
                                .get())
                        .isEqualTo("own");
                assertThat(second.submit(() -> identity(configured, injectable, contexts.peer()))
                                .get())
                        .isEqualTo("web");
            }
            first.submit(own::close).get();
            assertThat(second.submit(() -> identity(configured, Injectable.CONNECTOR, contexts.peer()))
                            .get())
                    .isEqualTo("web");
            second.submit(configured::close).get();
        } finally {
            first.shutdown();
            second.shutdown();
        }
    }
}
