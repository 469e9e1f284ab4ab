package io.sluice.internal.context;

import io.sluice.context.MaterialSource;
import io.sluice.internal.context.handshake.ContextCallbacks.LazyCallback;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The beans that have received the action for changes of their material. Each receives it once. Thread-safe. */
public final class MaterialSubscriptions {

    private final Set<LazyCallback<?>> known = ConcurrentHashMap.newKeySet();

    boolean exist() {
        return !known.isEmpty();
    }

    /**
     * Gives the action to a bean that does not have it yet.
     *
     * @param bean supplies keys or trust
     * @param changed run when the material has changed
     */
    public void subscribe(LazyCallback<? extends MaterialSource> bean, Runnable changed) {
        if (!known.contains(bean)) {
            Signal signal = new Signal(changed);
            bean.bean().onChange(signal);
            signal.counts = true;
            known.add(bean);
        }
    }

    /** What a bean runs. A bean that does so at once, when it takes the action, says nothing new: it is asked right afterwards. */
    private static final class Signal implements Runnable {

        private final Runnable changed;
        private volatile boolean counts;

        Signal(Runnable changed) {
            this.changed = changed;
        }

        @Override
        public void run() {
            if (counts) {
                changed.run();
            }
        }
    }
}
