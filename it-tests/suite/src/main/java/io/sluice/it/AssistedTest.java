package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.support.Application;
import io.sluice.it.support.Contexts;
import io.sluice.it.support.CountedPair;
import io.sluice.it.support.Feature;
import io.sluice.it.support.Protocol;
import io.sluice.stream.Assisted;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.testing.internal.SocketKind;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Initargs of the stream class itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Feature("streams")
class AssistedTest {

    public abstract static class Base<T> extends SocketStream {
        @Inject
        @Assisted("timeout")
        Duration timeout;

        T value;

        @Inject
        void initializeBase(@Assisted("value") T value) {
            this.value = value;
        }
    }

    @Dependent
    public static class Everything extends Base<Integer> {
        @Inject
        @Assisted("number")
        int number;

        @Inject
        @Assisted("names")
        List<String> names;

        @Inject
        @Assisted("table")
        Map<String, List<Integer>> table;

        @Inject
        @Assisted("bytes")
        byte[] bytes;

        @Inject
        @Assisted("comment")
        Optional<String> comment;

        final String greeting;
        final long limit;
        Supplier<?> action;

        @Inject
        Everything(@Assisted("greeting") String greeting, @Assisted("limit") long limit) {
            this.greeting = greeting;
            this.limit = limit;
        }

        @Inject
        void initialize(@Assisted("action") Supplier<String> action, @Assisted("greeting") CharSequence again) {
            assertThat(again).isSameAs(greeting);
            this.action = action;
        }
    }

    @Dependent
    public static class Greeter extends SocketStream {
        @Inject
        @Assisted("greeting")
        String greeting;

        @Inject
        @Assisted("times")
        Optional<Integer> times;
    }

    public static class Undiscovered extends SocketStream {
        @Inject
        @Assisted("greeting")
        Thread.State unheardOf;
    }

    @AutoClose
    private final Application application = Application.configured()
            .beans(Contexts.class, Everything.class, Greeter.class)
            .start();

    @Test
    void createInjectsInitargsOfAnyType() throws Exception {
        Supplier<String> action = () -> "done";
        byte[] bytes = {1, 2};
        try (CountedPair pair = CountedPair.of(SocketKind.SOCKET);
                Everything stream = create(
                        pair,
                        Everything.class,
                        Initarg.of("timeout", Duration.ofSeconds(3)),
                        Initarg.of("value", 42),
                        Initarg.of("number", 7),
                        Initarg.of("names", List.of("a", "b")),
                        Initarg.of("table", Map.of("odd", List.of(1, 3))),
                        Initarg.of("bytes", bytes),
                        Initarg.of("greeting", "hello"),
                        Initarg.of("limit", 1L << 40),
                        Initarg.of("action", action))) {
            assertThat(stream.timeout).isEqualTo(Duration.ofSeconds(3));
            assertThat(stream.value).isEqualTo(42);
            assertThat(stream.number).isEqualTo(7);
            assertThat(stream.names).containsExactly("a", "b");
            assertThat(stream.table).containsEntry("odd", List.of(1, 3));
            assertThat(stream.bytes).isSameAs(bytes);
            assertThat(stream.greeting).isEqualTo("hello");
            assertThat(stream.limit).isEqualTo(1L << 40);
            assertThat((Object) stream.action).isSameAs(action);
            assertThat(stream.comment).isEmpty();
        }
    }

    @Test
    void createInjectsOptionalInitargThatIsGiven() throws Exception {
        try (CountedPair pair = CountedPair.of(SocketKind.SOCKET);
                Greeter stream = create(pair, Greeter.class, Initarg.of("greeting", "hello"), Initarg.of("times", 3))) {
            assertThat(stream.times).contains(3);
        }
    }

    static Stream<Arguments> badInitargs() {
        Initarg greeting = Initarg.of("greeting", "hello");
        return Stream.of(
                bad("initarg 'greeting' (java.lang.String) is missing: pass Initarg.of(\"greeting\", …), or make the"
                        + " injection point an Optional"),
                bad(
                        "initarg 'greeting' must be a java.lang.String, not a java.lang.Integer",
                        Initarg.of("greeting", 1)),
                bad(
                        "initarg 'times' must be a java.lang.Integer, not a java.lang.Long",
                        greeting,
                        Initarg.of("times", 3L)),
                bad(
                        "no @Assisted injection point takes initarg 'volume': the class takes [greeting, times]",
                        greeting,
                        Initarg.of("volume", 1)),
                bad(
                        "initarg 'greeting' must be a java.lang.String, not a java.lang.Integer; no @Assisted"
                                + " injection point takes initarg 'volume': the class takes [greeting, times]",
                        Initarg.of("greeting", 1),
                        Initarg.of("volume", 1)));
    }

    private static Arguments bad(String message, Initarg... initargs) {
        return Arguments.of(message, initargs);
    }

    @ParameterizedTest
    @MethodSource("badInitargs")
    void createWithInitargThatDoesNotFitThrowsException(String message, Initarg[] initargs) throws Exception {
        try (CountedPair pair = CountedPair.of(SocketKind.SOCKET)) {
            assertThatThrownBy(() -> create(pair, Greeter.class, initargs))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage(Greeter.class.getName() + ": " + message);
            pair.assertClosedOnce();
        }
    }

    @Test
    void createOfUndiscoveredClassWithInitargsSaysHowToHaveItDiscovered() throws Exception {
        try (CountedPair pair = CountedPair.of(SocketKind.SOCKET)) {
            assertThatThrownBy(() -> create(pair, Undiscovered.class, Initarg.of("greeting", Thread.State.NEW)))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage("stream class " + Undiscovered.class.getName()
                            + ": it takes initargs (@Assisted), so it must be discovered at deployment: annotate it with"
                            + " @Dependent, in an archive whose beans are discovered");
            pair.assertClosedOnce();
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
