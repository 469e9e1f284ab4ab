package io.sluice.internal.jsse;

import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;

/** A matcher of one load of a context. It belongs to that load, so nothing else may keep it. */
final class ContextNameMatcher extends SNIMatcher {

    private final SNIMatcher names;

    ContextNameMatcher(SNIMatcher names) {
        super(names.getType());
        this.names = names;
    }

    @Override
    public boolean matches(SNIServerName name) {
        return names.matches(name);
    }
}
