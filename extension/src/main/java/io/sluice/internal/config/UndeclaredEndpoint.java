package io.sluice.internal.config;

import io.sluice.server.OnRotation;
import io.sluice.server.SocketEndpoint;
import java.lang.annotation.Annotation;

/**
 * An endpoint of which only the name is known, because no application is running.
 *
 * @param value the name
 */
@SuppressWarnings("BadAnnotationImplementation") // Never compared, and a record has equals and hashCode.
record UndeclaredEndpoint(String value) implements SocketEndpoint {

    /** Any: the annotation may have the port. */
    @Override
    public int port() {
        return 0;
    }

    @Override
    public String address() {
        return "";
    }

    @Override
    public String ssl() {
        return "";
    }

    @Override
    public String frames() {
        return "";
    }

    @Override
    public OnRotation onRotation() {
        return OnRotation.KEEP;
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return SocketEndpoint.class;
    }
}
