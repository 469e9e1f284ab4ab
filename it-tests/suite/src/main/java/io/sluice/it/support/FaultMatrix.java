package io.sluice.it.support;

import io.sluice.it.support.FaultRow.Outcome;
import io.sluice.testing.internal.SocketKind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Tries the rows of the fault matrix with the creators of an application. Its beans are Contexts and those of
 * FaultyStreams and Misbehaviour.
 */
public final class FaultMatrix {

    /** A row and its protocol. */
    public record Case(String row, Protocol way) {}

    /** The row that needs a default context of the JDK without a key, which it is unless somebody configured one. */
    public static final String DEFAULT_WITHOUT_A_KEY = "context without a key";

    /** The rows by their unique names. */
    private static final Map<String, FaultRow> ROWS =
            FaultRows.all().stream().collect(Collectors.toUnmodifiableMap(row -> row.name, row -> row));

    private final Contexts contexts;

    /** Creates the matrix for the contexts of an application. */
    public FaultMatrix(Contexts contexts) {
        this.contexts = contexts;
    }

    /** All cases. */
    public static List<Case> cases() {
        return ROWS.values().stream()
                .flatMap(row -> row.ways.stream().sorted().map(way -> new Case(row.name, way)))
                .toList();
    }

    /** The classes of an application that tries the matrix, including its beans. */
    public static Class<?>[] classes() {
        return new Class<?>[] {
            FaultMatrix.class,
            FaultRows.class,
            FaultRow.class,
            FaultyStreams.class,
            Fault.class,
            PeerBehaviour.class,
            Misbehaviour.class,
            Protocol.class,
            ErrorpSource.class,
            CountedPair.class,
            Lifecycle.class,
            SingleKeyManager.class,
            SuppliedContexts.class,
            Peer.class,
            Contexts.class,
            ContextProducers.class
        };
    }

    /** Those of the classes that must not become beans, as TomEE makes a bean of every class with an interceptor binding. */
    public static Class<?>[] noBeans() {
        return new Class<?>[] {FaultyStreams.NormalScoped.class, FaultyStreams.FinalIntercepted.class};
    }

    /** Tries a case with each kind of socket and each way to choose whether errors are thrown. */
    public void check(Case tried) throws Exception {
        FaultRow row = ROWS.get(tried.row());
        for (SocketKind kind : SocketKind.values()) {
            for (ErrorpSource errorp : ErrorpSource.values()) {
                check(row, tried.way(), errorp, kind);
            }
        }
    }

    private void check(FaultRow row, Protocol way, ErrorpSource errorp, SocketKind kind) throws Exception {
        try (CountedPair pair = CountedPair.of(kind)) {
            Lifecycle.clear();
            Outcome outcome = fail(row, way, errorp, pair);
            row.expectation.check(outcome, errorp.thrown);
            pair.assertClosedOnce();
            Lifecycle.assertBalanced();
        }
    }

    public Outcome fail(FaultRow row, Protocol way, ErrorpSource errorp, CountedPair pair) throws Exception {
        row.preparation.prepare(pair.near());
        pair.countFromHere();
        CompletableFuture<Void> peer = row.peer.start(pair.far(), way);
        Fault.planned = row.fault;
        Misbehaviour.interceptor = row.interceptor;
        Misbehaviour.decorator = row.decorator;
        try {
            return create(row, way, errorp, pair);
        } finally {
            Fault.planned = null;
            Misbehaviour.interceptor = Misbehaviour.NONE;
            Misbehaviour.decorator = Misbehaviour.NONE;
            pair.far().close();
            peer.get(5, TimeUnit.SECONDS);
        }
    }

    private Outcome create(FaultRow row, Protocol way, ErrorpSource errorp, CountedPair pair) {
        var initargs = row.initargs.apply(way);
        try {
            return new Outcome(
                    contexts.creator(way, errorp.annotated)
                            .create(pair.near(), row.streamClass, initargs == null ? null : errorp.added(initargs)),
                    null);
        } catch (Throwable t) {
            return new Outcome(null, t);
        }
    }
}
