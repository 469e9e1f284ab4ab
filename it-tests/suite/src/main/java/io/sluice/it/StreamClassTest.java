package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.SslContext;
import io.sluice.it.support.Application;
import io.sluice.it.support.Contexts;
import io.sluice.it.support.CountedPair;
import io.sluice.it.support.FaultyStreams;
import io.sluice.it.support.Greeting;
import io.sluice.it.support.Lifecycle;
import io.sluice.it.support.PeerBehaviour;
import io.sluice.it.support.Protocol;
import io.sluice.stream.Assisted;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.stream.StreamConnection;
import io.sluice.testing.internal.SocketKind;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The features of an application's stream class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamClassTest {

    static final AtomicInteger SHOUTS = new AtomicInteger();

    /** Uses the connection in its constructor, its initializer and its post-construct method. */
    @Dependent
    public static class Talker extends SocketStream {
        @Inject
        Greeting field;

        private final Greeting parameter;

        protected Talker() {
            parameter = new Greeting();
        }

        @Inject
        Talker(StreamConnection connection, Greeting greeting) throws IOException {
            parameter = greeting;
            connection.writer().write("constructor " + greeting.text() + "\n");
        }

        @Inject
        void initialize(Greeting greeting) throws IOException {
            writer().write("initializer " + greeting.text() + "\n");
        }

        @PostConstruct
        void begin() {
            try {
                writer().write("banner " + field.text() + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String ask() throws IOException {
            return reader().readLine() + parameter.text();
        }
    }

    public static class UndiscoveredTalker extends Talker {
        @Inject
        UndiscoveredTalker(StreamConnection connection, Greeting greeting) throws IOException {
            super(connection, greeting);
        }
    }

    @Shouting
    @Dependent
    public static class ShoutingTalker extends Talker {
        protected ShoutingTalker() {}

        @Inject
        ShoutingTalker(StreamConnection connection, Greeting greeting) throws IOException {
            super(connection, greeting);
        }

        @Override
        public String ask() throws IOException {
            return super.ask();
        }
    }

    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Shouting {}

    @Shouting
    @Interceptor
    @Priority(Interceptor.Priority.APPLICATION)
    public static class ShoutingInterceptor {
        @AroundInvoke
        Object shout(InvocationContext call) throws Exception {
            Object result = call.proceed();
            if (result instanceof String text) {
                SHOUTS.incrementAndGet();
                return text.toUpperCase(java.util.Locale.ROOT);
            }
            return result;
        }
    }

    @InterceptorBinding
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Attended {}

    /** Has callbacks of the life cycle only, for which a container need not extend the class. */
    @Attended
    @Interceptor
    @Priority(Interceptor.Priority.APPLICATION)
    public static class Attendant {
        static final List<String> CALLS = new CopyOnWriteArrayList<>();

        @PostConstruct
        void begin(InvocationContext call) throws Exception {
            CALLS.add("begin");
            call.proceed();
        }

        @PreDestroy
        void end(InvocationContext call) throws Exception {
            CALLS.add("end");
            call.proceed();
        }
    }

    @Attended
    @Dependent
    public static class AttendedStream extends SocketStream {}

    enum Talking {
        DISCOVERED(Talker.class, "hihello"),
        UNDISCOVERED(UndiscoveredTalker.class, "hihello"),
        INTERCEPTED(ShoutingTalker.class, "HIHELLO");

        final Class<? extends Talker> type;
        final String answer;

        Talking(Class<? extends Talker> type, String answer) {
            this.type = type;
            this.answer = answer;
        }
    }

    /** Creates another stream during its own creation. */
    @Dependent
    public static class Bridge extends SocketStream {
        final SocketStream other;

        @Inject
        Bridge(@SslContext("none") SocketStreamCreator creator, @Assisted("other") Socket socket, StreamConnection mine)
                throws IOException {
            other = creator.create(socket, SocketStream.class).orElseThrow();
            assertThat(other.remoteAddress()).isNotEqualTo(mine.remoteAddress());
        }

        @PreDestroy
        void end() {
            other.close();
        }
    }

    @Dependent
    public static class HangsUp extends SocketStream {
        static final AtomicInteger ENDED = new AtomicInteger();

        @PostConstruct
        void begin() {
            close();
        }

        @PreDestroy
        void end() {
            ENDED.incrementAndGet();
        }
    }

    public static class DiesHard extends SocketStream {
        @Inject
        FaultyStreams.Part part;

        @PreDestroy
        void end() {
            throw new IllegalStateException("not without a fight");
        }
    }

    @Dependent
    public static class DiscoveredDiesHard extends DiesHard {}

    @AutoClose
    private final Application application = Application.configured()
            .beans(Contexts.class, Talker.class, ShoutingTalker.class, ShoutingInterceptor.class)
            .beans(Attendant.class, AttendedStream.class)
            .beans(Bridge.class, HangsUp.class, DiscoveredDiesHard.class, FaultyStreams.Part.class)
            .start();

    @BeforeEach
    void clear() {
        Lifecycle.clear();
    }

    @ParameterizedTest
    @EnumSource
    void createInjectsEverywhereAndStreamSpeaksAtOnce(Talking talking) throws Exception {
        for (Protocol way : Protocol.values()) {
            try (CountedPair pair = CountedPair.of(SocketKind.CHANNEL)) {
                Future<String> heard = PeerBehaviour.THREADS.submit(() -> hear(pair.far(), way));
                Talker stream = application
                        .get(Contexts.class)
                        .creator(way)
                        .create(pair.near(), talking.type)
                        .orElseThrow();
                assertThat(stream.ask()).isEqualTo(talking.answer);
                stream.close();
                assertThat(heard.get(5, TimeUnit.SECONDS))
                        .isEqualTo("constructor hello, initializer hello, banner hello");
            }
        }
        assertThat(SHOUTS.getAndSet(0)).isEqualTo(talking == Talking.INTERCEPTED ? 3 : 0);
    }

    private static String hear(Socket far, Protocol way) throws IOException {
        Socket client = way.client(far);
        BufferedReader reader = new BufferedReader(new InputStreamReader(client.getInputStream()));
        String heard = reader.readLine() + ", " + reader.readLine() + ", " + reader.readLine();
        client.getOutputStream().write("hi\n".getBytes());
        assertThat(reader.readLine()).isNull();
        return heard;
    }

    @Test
    void interceptorOfTheLifeCycleIsCalledAtBothEnds() throws Exception {
        try (CountedPair pair = CountedPair.of(SocketKind.SOCKET)) {
            AttendedStream stream = create(pair, AttendedStream.class);
            assertThat(Attendant.CALLS).containsExactly("begin");
            stream.close();
            assertThat(Attendant.CALLS).containsExactly("begin", "end");
        }
    }

    @Test
    void createWithinAnotherCreationGivesEachItsOwnConnection() throws Exception {
        try (CountedPair outer = CountedPair.of(SocketKind.SOCKET);
                CountedPair inner = CountedPair.of(SocketKind.SOCKET)) {
            Bridge bridge = create(outer, Bridge.class, Initarg.of("other", inner.near()));
            bridge.writer().write("outer\n");
            bridge.other.writer().write("inner\n");
            assertThat(new BufferedReader(new InputStreamReader(outer.far().getInputStream())).readLine())
                    .isEqualTo("outer");
            assertThat(new BufferedReader(new InputStreamReader(inner.far().getInputStream())).readLine())
                    .isEqualTo("inner");
            bridge.close();
            outer.assertClosedOnce();
            inner.assertClosedOnce();
        }
    }

    @Test
    void conditionOfInnerCreationIsConditionOfTheOuter() throws Exception {
        try (CountedPair outer = CountedPair.of(SocketKind.SOCKET);
                CountedPair inner = CountedPair.of(SocketKind.SOCKET)) {
            inner.near().shutdownInput();
            assertThatThrownBy(() -> create(outer, Bridge.class, Initarg.of("other", inner.near())))
                    .isInstanceOfSatisfying(
                            SocketStreamException.class,
                            condition -> assertThat(condition.kind()).isEqualTo(Kind.SOCKET_UNUSABLE));
            outer.assertClosedOnce();
            inner.assertClosedOnce();
        }
    }

    @Test
    void createOfStreamThatClosesItselfIsConditionAndEndsIt() throws Exception {
        try (CountedPair pair = CountedPair.of(SocketKind.SOCKET)) {
            assertThatThrownBy(() -> create(pair, HangsUp.class))
                    .isInstanceOfSatisfying(
                            SocketStreamException.class,
                            condition -> assertThat(condition.kind()).isEqualTo(Kind.CLOSED))
                    .hasMessageMatching(
                            "context 'none', peer 127\\.0\\.0\\.1:\\d+: the connection ended while the stream was created\\."
                                    + " Check whether the constructor or the @PostConstruct method of HangsUp ends it");
            pair.assertClosedOnce();
            assertThat(HangsUp.ENDED).hasValue(1);
        }
    }

    @Test
    void closeIsQuietWhenPreDestroyThrows() throws Exception {
        for (Class<? extends DiesHard> type : List.of(DiesHard.class, DiscoveredDiesHard.class)) {
            Lifecycle.clear();
            try (CountedPair pair = CountedPair.of(SocketKind.SOCKET)) {
                create(pair, type).close();
                pair.assertClosedOnce();
                assertThat(Lifecycle.PARTS_MADE).hasValue(1);
                if (type == DiesHard.class) { // Weld does not destroy the dependents of its own beans after that.
                    Lifecycle.assertBalanced();
                }
            }
        }
    }

    private <S extends SocketStream> S create(CountedPair pair, Class<S> type, Initarg... initargs) throws IOException {
        return application
                .get(Contexts.class)
                .creator(Protocol.PLAIN)
                .create(pair.near(), type, initargs)
                .orElseThrow();
    }
}
