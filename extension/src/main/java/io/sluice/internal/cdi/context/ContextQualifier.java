package io.sluice.internal.cdi.context;

import io.sluice.context.SslContext;
import jakarta.enterprise.util.AnnotationLiteral;

/** The qualifier of a context's beans. Its name may be invalid until that is reported with all other problems. */
final class ContextQualifier extends AnnotationLiteral<SslContext> implements SslContext {

    private static final long serialVersionUID = 1L;

    private final String name;

    private ContextQualifier(String name) {
        this.name = name;
    }

    static SslContext of(String name) {
        return new ContextQualifier(name);
    }

    @Override
    public String value() {
        return name;
    }

    @Override
    public boolean errorp() {
        return false;
    }
}
