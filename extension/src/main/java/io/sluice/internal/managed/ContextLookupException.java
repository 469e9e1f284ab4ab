package io.sluice.internal.managed;

import org.jspecify.annotations.Nullable;

/** Thrown if a server does not have the requested context. */
public final class ContextLookupException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    ContextLookupException(String fault, String remedy, @Nullable Throwable cause) {
        super(fault, cause);
        this.remedy = remedy;
    }

    /**
     * The fault.
     *
     * @return the words, without a full stop
     */
    public String fault() {
        return String.valueOf(getMessage());
    }

    /**
     * The remedy.
     *
     * @return the words, without a full stop
     */
    public String remedy() {
        return remedy;
    }
}
