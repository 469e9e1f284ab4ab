package io.sluice.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.FaultyStreams.Discovered;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.stream.StreamResult;
import java.io.IOException;
import java.net.Socket;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A row of the fault matrix: a fault and the expected outcome. */
public final class FaultRow {

    /** Prepares the socket before it is handed over. */
    interface Preparation {
        void prepare(Socket socket) throws IOException;
    }

    /** The outcome of a creation, which has exactly one of the two. */
    record Outcome(
            @Nullable StreamResult<?> result, @Nullable Throwable thrown) {}

    /** An expectation of an outcome. */
    interface Expectation {
        void check(Outcome outcome, boolean errorp);
    }

    final String name;
    public Set<Protocol> ways = EnumSet.allOf(Protocol.class);

    @Nullable
    Class<? extends SocketStream> streamClass = Discovered.class;

    Function<Protocol, Initarg @Nullable []> initargs = way -> new Initarg[0];
    PeerBehaviour peer = PeerBehaviour.WELL_BEHAVED;
    Preparation preparation = socket -> {};

    @Nullable
    Fault fault;

    Misbehaviour interceptor = Misbehaviour.NONE;
    Misbehaviour decorator = Misbehaviour.NONE;
    public boolean slow;
    Expectation expectation = (outcome, errorp) -> {
        throw new IllegalStateException("nothing is expected");
    };

    FaultRow(String name) {
        this.name = name;
    }

    FaultRow over(Protocol... some) {
        ways = Set.of(some);
        return this;
    }

    FaultRow overTls() {
        return over(Protocol.TLS12, Protocol.TLS13);
    }

    FaultRow stream(@Nullable Class<? extends SocketStream> type) {
        streamClass = type;
        return this;
    }

    FaultRow initargs(Initarg @Nullable ... given) {
        initargs = way -> given;
        return this;
    }

    FaultRow initarg(Function<Protocol, Initarg> given) {
        initargs = way -> new Initarg[] {given.apply(way)};
        return this;
    }

    FaultRow peer(PeerBehaviour other) {
        peer = other;
        return this;
    }

    FaultRow socket(Preparation before) {
        preparation = before;
        return this;
    }

    FaultRow fault(Class<? extends SocketStream> type, Fault.Step step, Throwable thrown) {
        fault = new Fault(step, thrown);
        return stream(type);
    }

    FaultRow interceptor(Misbehaviour meddling) {
        interceptor = meddling;
        return this;
    }

    FaultRow decorator(Misbehaviour meddling) {
        decorator = meddling;
        return this;
    }

    FaultRow slow() {
        slow = true;
        return this;
    }

    /** A socket error, which is returned or thrown as the caller chooses. */
    FaultRow condition(Kind kind, String message) {
        expectation = (outcome, errorp) -> {
            SocketStreamException condition = conditionOf(outcome, errorp);
            assertThat(condition.kind()).as(condition.toString()).isEqualTo(kind);
            assertThat(condition.getMessage()).matches(message);
        };
        return this;
    }

    /** The same condition that the application created. */
    FaultRow condition(SocketStreamException same) {
        expectation =
                (outcome, errorp) -> assertThat(conditionOf(outcome, errorp)).isSameAs(same);
        return this;
    }

    private static SocketStreamException conditionOf(Outcome outcome, boolean errorp) {
        if (errorp) {
            assertThat(outcome.thrown).isInstanceOf(SocketStreamException.class);
            return (SocketStreamException) outcome.thrown;
        }
        assertThat(outcome.thrown).isNull();
        return outcome.result.findCondition().orElseThrow();
    }

    /** Another Throwable of the library. */
    FaultRow thrown(Class<? extends Throwable> type, String message) {
        expectation = (outcome, errorp) ->
                assertThat(outcome.thrown).isExactlyInstanceOf(type).message().matches(message);
        return this;
    }

    /** The same Throwable that the application threw. */
    FaultRow thrown(Throwable same) {
        expectation = (outcome, errorp) -> assertThat(outcome.thrown).isSameAs(same);
        return this;
    }

    /** The result that an interceptor or decorator invented, returned unchanged. */
    FaultRow returned(StreamResult<?> own) {
        expectation = (outcome, errorp) -> {
            assertThat(outcome.thrown).isNull();
            assertThat((Object) outcome.result).isSameAs(own);
        };
        return this;
    }

    @Override
    public String toString() {
        return name;
    }
}
