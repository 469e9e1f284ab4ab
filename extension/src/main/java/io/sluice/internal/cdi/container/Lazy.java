package io.sluice.internal.cdi.container;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is made once, on first use. */
public final class Lazy<T> implements Supplier<T> {

    private final ReentrantLock making = new ReentrantLock();
    private final Supplier<T> maker;
    private volatile @Nullable T made;

    public Lazy(Supplier<T> maker) {
        this.maker = maker;
    }

    @Override
    public T get() {
        T known = made;
        return known == null ? make() : known;
    }

    private T make() {
        making.lock();
        try {
            T known = made == null ? maker.get() : made;
            made = known;
            return known;
        } finally {
            making.unlock();
        }
    }
}
