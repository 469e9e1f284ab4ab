package io.sluice.internal.managed;

import org.jspecify.annotations.Nullable;

/** The server does not give what was asked for. */
public final class ContextLookupException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    ContextLookupException(String fault, String remedy, @Nullable Throwable cause) {
        super(fault, cause);
        this.remedy = remedy;
    }

    /**
     * What is wrong.
     *
     * @return the words, without a full stop
     */
    public String fault() {
        return String.valueOf(getMessage());
    }

    /**
     * What to do.
     *
     * @return the words, without a full stop
     */
    public String remedy() {
        return remedy;
    }
}
