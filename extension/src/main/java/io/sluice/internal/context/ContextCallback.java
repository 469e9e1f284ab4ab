package io.sluice.internal.context;

import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A callback of a context, looked up at its first use. Safe for use by several threads.
 *
 * @param <C> the kind of callback
 */
public final class ContextCallback<C> {

    private final Supplier<String> description;
    private final Supplier<C> lookup;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile @Nullable C found;

    /**
     * A callback that was not looked up yet.
     *
     * @param description gives the bean in the words of a message
     * @param lookup gives the bean; called at the first use, and again only if it throws
     */
    public ContextCallback(Supplier<String> description, Supplier<C> lookup) {
        this.description = description;
        this.lookup = lookup;
    }

    String description() {
        return description.get();
    }

    /** What the callback answers; whatever it throws unchecked comes out as an exception that names it. */
    <R> R ask(Function<C, @Nullable R> question) {
        R answer;
        try {
            answer = question.apply(callback());
        } catch (RuntimeException e) {
            throw new SslCallbackException(description() + " failed: " + words(e), e);
        }
        if (answer == null) {
            throw new SslCallbackException(description() + " gave null. Let it give an answer", null);
        }
        return answer;
    }

    /** Looked up at the first call. */
    C callback() {
        C known = found;
        return known != null ? known : lookUp();
    }

    private C lookUp() {
        looking.lock();
        try {
            C known = found;
            if (known == null) {
                known = Objects.requireNonNull(lookup.get());
                found = known;
            }
            return known;
        } finally {
            looking.unlock();
        }
    }

    static String words(Throwable thrown) {
        return thrown.getMessage() == null ? thrown.getClass().getName() : thrown.getMessage();
    }

    @Override
    public String toString() {
        return description();
    }
}
