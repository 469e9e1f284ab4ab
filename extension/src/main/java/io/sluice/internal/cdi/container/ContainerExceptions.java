package io.sluice.internal.cdi.container;

import io.sluice.stream.SocketStreamException;
import jakarta.enterprise.inject.CreationException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;

/** What containers wrap around exceptions: their own, and those of an application's constructors and initializers. */
public final class ContainerExceptions {

    private ContainerExceptions() {}

    /** The exception as the application threw it; a condition also from beneath an {@link UncheckedIOException}. */
    public static Throwable unwrapped(Throwable thrown) {
        Throwable inner = thrown;
        while (isWrapper(inner) && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner instanceof UncheckedIOException unchecked && unchecked.getCause() instanceof SocketStreamException
                ? unchecked.getCause()
                : inner;
    }

    /** The first line of the innermost message: containers wrap it in words of their own. */
    public static String reason(Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return String.valueOf(inner.getMessage()).lines().findFirst().orElse("");
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
