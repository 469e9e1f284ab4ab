package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.SslContext;
import io.sluice.it.support.Application;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.StreamResult;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The injection point decides whether a socket error is returned or thrown, if the container knows the injection point. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErrorpTest {

    @Dependent
    static class Throwing {
        @Inject
        @SslContext(value = "default", errorp = true)
        SocketStreamCreator creatorField;

        @Inject
        @SslContext(errorp = true)
        SocketStreamConnector connectorField;

        @Inject
        @SslContext(errorp = true)
        Provider<SocketStreamCreator> creatorProvider;

        @Inject
        @SslContext(errorp = true)
        Provider<SocketStreamConnector> connectorProvider;

        @Inject
        @SslContext(errorp = true)
        Instance<SocketStreamCreator> creatorInstance;

        @Inject
        @SslContext(errorp = true)
        Instance<SocketStreamConnector> connectorInstance;

        @Inject
        @Any
        Instance<Object> all;

        final SocketStreamCreator creatorParameter;
        final SocketStreamConnector connectorParameter;
        SocketStreamCreator creatorOfInitializer;
        SocketStreamConnector connectorOfInitializer;

        @Inject
        Throwing(
                @SslContext(errorp = true) SocketStreamCreator creator,
                @SslContext(errorp = true) SocketStreamConnector connector) {
            creatorParameter = creator;
            connectorParameter = connector;
        }

        @Inject
        void initialize(
                @SslContext(errorp = true) SocketStreamCreator creator,
                @SslContext(errorp = true) SocketStreamConnector connector) {
            creatorOfInitializer = creator;
            connectorOfInitializer = connector;
        }
    }

    @Dependent
    static class Returning {
        @Inject
        @SslContext
        SocketStreamCreator creator;

        @Inject
        @SslContext
        SocketStreamConnector connector;
    }

    /** Records what the container knows of an injection point. */
    @Dependent
    @SslContext("probe")
    static class Probe {
        @Inject
        InjectionPoint point;
    }

    @AutoClose
    private final Application application = Application.configured()
            .beans(Throwing.class, Returning.class, Probe.class)
            .start();

    private final Throwing throwing = application.get(Throwing.class);
    private final Returning returning = application.get(Returning.class);

    /** Fails, because there is no peer. */
    interface Failing {
        StreamResult<SocketStream> attempt(Initarg... initargs) throws IOException;
    }

    private static Failing failing(Object injected) {
        if (injected instanceof SocketStreamCreator creator) {
            return initargs -> creator.create(new Socket(), SocketStream.class, initargs);
        }
        return initargs ->
                ((SocketStreamConnector) injected).open("localhost", freePort(), SocketStream.class, initargs);
    }

    private static int freePort() throws IOException {
        try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return once.getLocalPort();
        }
    }

    Stream<Arguments> pointsThatSayTrue() {
        return Stream.of(
                Arguments.of("creator, field", throwing.creatorField),
                Arguments.of("connector, field", throwing.connectorField),
                Arguments.of("creator, constructor", throwing.creatorParameter),
                Arguments.of("connector, constructor", throwing.connectorParameter),
                Arguments.of("creator, initializer", throwing.creatorOfInitializer),
                Arguments.of("connector, initializer", throwing.connectorOfInitializer),
                Arguments.of("creator, Provider", throwing.creatorProvider.get()),
                Arguments.of("connector, Provider", throwing.connectorProvider.get()),
                Arguments.of("creator, Instance", throwing.creatorInstance.get()),
                Arguments.of("connector, Instance", throwing.connectorInstance.get()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pointsThatSayTrue")
    void attemptWhereThePointSaysErrorpThrows(String point, Object injected) {
        assertThatThrownBy(() -> failing(injected).attempt()).isInstanceOf(SocketStreamException.class);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pointsThatSayTrue")
    void attemptWhereTheCallSaysOtherwiseReturns(String point, Object injected) throws IOException {
        assertThat(failing(injected).attempt(Initarg.errorp(false)).findCondition())
                .isPresent();
    }

    @Test
    void attemptWhereThePointSaysNothingReturns() throws IOException {
        for (Object injected : List.of(returning.creator, returning.connector)) {
            assertThat(failing(injected).attempt().findCondition()).isPresent();
            assertThatThrownBy(() -> failing(injected).attempt(Initarg.errorp(true)))
                    .isInstanceOf(SocketStreamException.class);
        }
    }

    /** OpenWebBeans gives the injection point of an Instance as declared, without the qualifiers selected later. */
    @ParameterizedTest
    @ValueSource(classes = {SocketStreamCreator.class, SocketStreamConnector.class})
    void attemptAfterSelectDoesWhatThePointKnowsOfTheSelection(Class<?> type) throws IOException {
        boolean known =
                throwing
                        .all
                        .select(Probe.class, SslContext.Literal.of("probe").throwing())
                        .get()
                        .point
                        .getQualifiers()
                        .stream()
                        .anyMatch(qualifier -> qualifier instanceof SslContext selected && selected.errorp());
        Object found = throwing.all
                .select(type, SslContext.Literal.of("default").throwing())
                .get();

        if (known) {
            assertThatThrownBy(() -> failing(found).attempt()).isInstanceOf(SocketStreamException.class);
        } else {
            assertThat(failing(found).attempt().findCondition()).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {SocketStreamCreator.class, SocketStreamConnector.class})
    void attemptWhereThereIsNoPointReturns(Class<?> type) throws IOException {
        BeanManager beans = application.container().getBeanManager();
        Bean<?> bean = beans.resolve(
                beans.getBeans(type, SslContext.Literal.of("default").throwing()));
        Object found = beans.getReference(bean, type, beans.createCreationalContext(bean));

        assertThat(failing(found).attempt().findCondition()).isPresent();
    }
}
