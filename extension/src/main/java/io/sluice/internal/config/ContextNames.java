package io.sluice.internal.config;

import io.sluice.context.ContextName;

/** What a context may be called. */
final class ContextNames {

    /** The property that names contexts which only the environment configures. */
    static final String LIST = "sluice.contexts";

    /** The name of no TLS. */
    static final String NONE = "none";

    static final String NONE_FAULT = "the context 'none' is plain and has no settings";

    static final String REMEDY = ContextName.FORM;

    private ContextNames() {}

    static boolean isValid(String name) {
        return ContextName.isValid(name);
    }

    static String fault(String name) {
        return "'" + name + "' cannot be the name of a context";
    }
}
