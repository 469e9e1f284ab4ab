package io.sluice.internal.cdi.container;

import io.sluice.stream.SocketStreamException;
import jakarta.enterprise.inject.CreationException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;

/** Unwraps exceptions that containers wrap: their own, and those of an application's constructors and initializers. */
public final class ContainerExceptions {

    private ContainerExceptions() {}

    /** The exception as the application threw it. A condition is also unwrapped from an {@link UncheckedIOException}. */
    public static Throwable unwrapped(Throwable thrown) {
        Throwable inner = thrown;
        while (isWrapper(inner) && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner instanceof UncheckedIOException unchecked && unchecked.getCause() instanceof SocketStreamException
                ? unchecked.getCause()
                : inner;
    }

    /** The first line of the innermost message, without the words that containers add. */
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
