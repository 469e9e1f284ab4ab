package io.sluice.cdi;

import io.sluice.stream.SocketStreamException;
import jakarta.enterprise.inject.CreationException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;

/** What containers wrap around what an application's constructor, initializer or post-construct method threw. */
final class ContainerWrapping {

    private ContainerWrapping() {}

    /** The exception as the application threw it; a condition also from beneath an {@link UncheckedIOException}. */
    static Throwable unwrapped(Throwable thrown) {
        Throwable inner = thrown;
        while (isWrapper(inner) && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner instanceof UncheckedIOException unchecked && unchecked.getCause() instanceof SocketStreamException
                ? unchecked.getCause()
                : inner;
    }

    private static boolean isWrapper(Throwable thrown) {
        String name = thrown.getClass().getName();
        return thrown instanceof CreationException
                || thrown instanceof InvocationTargetException
                || thrown instanceof UndeclaredThrowableException
                || name.startsWith("org.jboss.weld.")
                || name.startsWith("org.apache.webbeans.");
    }
}
