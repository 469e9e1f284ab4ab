package io.sluice.internal.context;

/** Learns what happens to the named contexts of an application. Thread-safe. */
public interface ContextObserver {

    /** Nobody. */
    ContextObserver NONE = new ContextObserver() {
        @Override
        public <E> void fire(String context, Class<E> type, E event) {}

        @Override
        public <E> void fireLater(String context, Class<E> type, E event) {}

        @Override
        public void loaded(ReloadableContext context) {}

        @Override
        public void changed(ReloadableContext context) {}
    };

    /**
     * Fires an event. Does not throw.
     *
     * @param context the context's name
     * @param type the event's type in the API
     * @param event the event
     * @param <E> the event's type
     */
    <E> void fire(String context, Class<E> type, E event);

    /**
     * Fires an event later, on a thread without locks. Returns at once and does not throw.
     *
     * @param context the context's name
     * @param type the event's type in the API
     * @param event the event
     * @param <E> the event's type
     */
    <E> void fireLater(String context, Class<E> type, E event);

    /**
     * Called after the first load.
     *
     * @param context the context, which may have something to watch now
     */
    void loaded(ReloadableContext context);

    /**
     * Called when a bean that supplies material says that it has changed. Returns at once.
     *
     * @param context the context to look at
     */
    void changed(ReloadableContext context);
}
