package io.sluice.it.support;

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

/** Beans of a connection, their users, and a record of their creations and ends. */
public final class ScopedBeans {

    public static final Class<?>[] BEANS = {
        Contexts.class, Talk.class, Tally.class, Late.class, Rude.class, Visitor.class, Caller.class, Observer.class
    };
    public static final AtomicInteger MADE = new AtomicInteger();
    public static final List<Integer> DESTROYED = new CopyOnWriteArrayList<>();
    public static final List<String> EVENTS = new CopyOnWriteArrayList<>();

    private ScopedBeans() {}

    public static void clear() {
        MADE.set(0);
        DESTROYED.clear();
        EVENTS.clear();
    }

    @Dependent
    public static class Talk extends SocketStream {
        public String kind() {
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

        public int id() {
            return id;
        }

        public int next() {
            return count.incrementAndGet();
        }

        @PreDestroy
        void end() {
            DESTROYED.add(id);
            EVENTS.add("tally");
        }
    }

    /** Created after the tally, which it can still use when it is destroyed. */
    @ConnectionScoped
    public static class Late {
        @Inject
        Tally tally;

        @PostConstruct
        void begin() {
            tally.next();
        }

        public void use() {
            tally.next();
        }

        @PreDestroy
        void end() {
            EVENTS.add("late " + tally.next());
        }
    }

    @ConnectionScoped
    public static class Rude {
        public void use() {
            // Being made is enough.
        }

        @PreDestroy
        void end() {
            throw new IllegalStateException("rude");
        }
    }

    /** Uses the current stream when it is destroyed. Not in {@link #BEANS}, whose observer uses the stream before all other beans. */
    @ConnectionScoped
    public static class Visitor {
        @Inject
        SocketStream stream;

        public String address() {
            return String.valueOf(stream.remoteAddress());
        }

        public void use() {
            // Being created is enough.
        }

        @PreDestroy
        void end() {
            EVENTS.add("visitor " + stream.remoteAddress());
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

        public Tally tally() {
            return tally;
        }

        public Late late() {
            return late;
        }

        public Rude rude() {
            return rude;
        }

        public SocketStream stream() {
            return stream;
        }

        public Talk talk() {
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
            EVENTS.add(
                    "initialized " + (current.remoteAddress().equals(stream.remoteAddress())) + " " + stream.isOpen());
        }

        void ending(@Observes @BeforeDestroyed(ConnectionScoped.class) SocketStream stream) {
            EVENTS.add("ending " + (current.remoteAddress().equals(stream.remoteAddress())) + " " + tally.next());
        }

        void ended(@Observes @Destroyed(ConnectionScoped.class) SocketStream stream) {
            EVENTS.add("ended " + stream.isOpen());
        }
    }
}
