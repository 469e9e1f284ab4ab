package io.sluice.internal.tls;

import io.sluice.internal.tls.ModelledConnection.Setup;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;

/**
 * Random sequences of what may happen on a connection: between any two engines, with any split of the bytes between them. {@link Endpoint}
 * is the model. A failure shows the shortest sequence and its seed, with which it can be repeated: {@code @Property(seed = "…")}.
 */
class CoreModelTest {

    /** Something that happens on a side. */
    sealed interface Action {
        boolean client();

        default void on(ModelledConnection connection) throws TransportException {
            on(connection.end(client()));
        }

        default void on(Endpoint end) throws TransportException {}
    }

    record Write(boolean client, List<Integer> sizes) implements Action {
        @Override
        public void on(Endpoint end) throws TransportException {
            end.write(sizes);
        }
    }

    record Read(boolean client, int size, boolean all) implements Action {
        @Override
        public void on(Endpoint end) throws TransportException {
            if (all) {
                end.readAll(size);
            } else {
                end.read(size);
            }
        }
    }

    record UpdateKeys(boolean client) implements Action {
        @Override
        public void on(Endpoint end) throws TransportException {
            end.updateKeys();
        }
    }

    record Close(boolean client) implements Action {
        @Override
        public void on(Endpoint end) throws TransportException {
            end.close();
        }
    }

    /** The TCP stream ends, and its last bytes may be lost. */
    record Cut(boolean client, int lost) implements Action {
        @Override
        public void on(Endpoint end) {
            end.cut(lost);
        }
    }

    record Tamper(boolean client) implements Action {
        @Override
        public void on(Endpoint end) {
            end.tamper();
        }
    }

    /** TLS ends on both sides, and begins again on the same stream. */
    record Renew(boolean client) implements Action {
        @Override
        public void on(ModelledConnection connection) throws TransportException {
            connection.renew();
        }
    }

    /** The same tries in each run, so that a change is the cause of a failure. */
    @Property(tries = 400, seed = "20261129", edgeCases = EdgeCasesMode.NONE)
    void connectionKeepsItsPromises(
            @ForAll("setups") Setup setup,
            @ForAll("pieces") List<Integer> pieces,
            @ForAll("actions") List<Action> actions)
            throws Exception {
        run(setup, pieces, actions);
    }

    /** Other tries in each run. */
    @Tag("figures")
    @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
    void connectionKeepsItsPromisesInManyTries(
            @ForAll("setups") Setup setup,
            @ForAll("pieces") List<Integer> pieces,
            @ForAll("actions") List<Action> actions)
            throws Exception {
        run(setup, pieces, actions);
    }

    private static void run(Setup setup, List<Integer> pieces, List<Action> actions) throws TransportException {
        ModelledConnection connection = new ModelledConnection(setup, pieces);
        connection.handshake();
        for (Action action : actions) {
            action.on(connection);
            connection.check();
        }
        connection.finish();
        connection.release();
    }

    @Provide
    Arbitrary<Setup> setups() {
        Arbitrary<EngineKind> kinds = Arbitraries.of(EngineKind.class);
        Arbitrary<Boolean> flags = Arbitraries.of(false, true);
        return Combinators.combine(kinds, kinds, Arbitraries.of("TLSv1.3", "TLSv1.2"), flags, flags)
                .as(Setup::new);
    }

    /** The limits of headers, of the small buffer, of records and of the large buffer. */
    @Provide
    Arbitrary<List<Integer>> pieces() {
        return Arbitraries.of(100_000, 1, 2, 4, 5, 6, 17, 255, 511, 512, 513, 4_096, 16_411, 37_888)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<List<Action>> actions() {
        Arbitrary<Boolean> sides = Arbitraries.of(true, false);
        Arbitrary<Integer> sizes = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.integers().between(1, 100)),
                Tuple.of(1, Arbitraries.integers().between(1_000, 1_100)),
                Tuple.of(1, Arbitraries.integers().between(16_000, 17_000)),
                Tuple.of(1, Arbitraries.integers().between(1, 70_000)));
        return Arbitraries.<Action>frequencyOf(
                        Tuple.of(
                                8,
                                Combinators.combine(
                                                sides, sizes.list().ofMinSize(1).ofMaxSize(4))
                                        .as(Write::new)),
                        Tuple.of(8, Combinators.combine(sides, sizes, sides).as(Read::new)),
                        Tuple.of(3, sides.map(UpdateKeys::new)),
                        Tuple.of(1, sides.map(Close::new)),
                        Tuple.of(
                                1,
                                Combinators.combine(sides, Arbitraries.of(0, 1, 5, 30, 20_000))
                                        .as(Cut::new)),
                        Tuple.of(1, sides.map(Tamper::new)),
                        Tuple.of(1, sides.map(Renew::new)))
                .list()
                .ofMaxSize(20);
    }
}
