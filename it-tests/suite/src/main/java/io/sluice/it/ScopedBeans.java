package io.sluice.it;

import io.sluice.server.ConnectionScoped;
import io.sluice.stream.SocketStream;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.Destroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Beans of a connection, who uses them, and what became of them. */
final class ScopedBeans {

    static final Class<?>[] BEANS = {
        Contexts.class, Talk.class, Tally.class, Late.class, Rude.class, Caller.class, Observer.class
    };
    static final AtomicInteger MADE = new AtomicInteger();
    static final List<Integer> DESTROYED = new CopyOnWriteArrayList<>();
    static final List<String> EVENTS = new CopyOnWriteArrayList<>();

    private ScopedBeans() {}

    static void clear() {
        MADE.set(0);
        DESTROYED.clear();
        EVENTS.clear();
    }

    @Dependent
    public static class Talk extends SocketStream {
        String kind() {
            return "talk";
        }

        @PreDestroy
        void end() {
            EVENTS.add("stream");
        }
    }

    @ConnectionScoped
    public static class Tally {
        private int id;
        private final AtomicInteger count = new AtomicInteger();

        @PostConstruct
        void begin() {
            id = MADE.incrementAndGet();
        }

        int id() {
            return id;
        }

        int next() {
            return count.incrementAndGet();
        }

        @PreDestroy
        void end() {
            DESTROYED.add(id);
            EVENTS.add("tally");
        }
    }

    /** Made after the tally, which it still has when it is destroyed. */
    @ConnectionScoped
    public static class Late {
        @Inject
        Tally tally;

        @PostConstruct
        void begin() {
            tally.next();
        }

        void use() {
            tally.next();
        }

        @PreDestroy
        void end() {
            EVENTS.add("late " + tally.next());
        }
    }

    @ConnectionScoped
    public static class Rude {
        void use() {
            // Being made is enough.
        }

        @PreDestroy
        void end() {
            throw new IllegalStateException("rude");
        }
    }

    @ApplicationScoped
    public static class Caller {
        @Inject
        Tally tally;

        @Inject
        Late late;

        @Inject
        Rude rude;

        @Inject
        SocketStream stream;

        @Inject
        Talk talk;

        Tally tally() {
            return tally;
        }

        Late late() {
            return late;
        }

        Rude rude() {
            return rude;
        }

        SocketStream stream() {
            return stream;
        }

        Talk talk() {
            return talk;
        }
    }

    @ApplicationScoped
    public static class Observer {
        @Inject
        Tally tally;

        @Inject
        SocketStream current;

        void begun(@Observes @Initialized(ConnectionScoped.class) SocketStream stream) {
            EVENTS.add("initialized " + (current.remotePeer().equals(stream.remotePeer())) + " " + stream.isOpen());
        }

        void ending(@Observes @BeforeDestroyed(ConnectionScoped.class) SocketStream stream) {
            EVENTS.add("ending " + (current.remotePeer().equals(stream.remotePeer())) + " " + tally.next());
        }

        void ended(@Observes @Destroyed(ConnectionScoped.class) SocketStream stream) {
            EVENTS.add("ended " + stream.isOpen());
        }
    }
}
