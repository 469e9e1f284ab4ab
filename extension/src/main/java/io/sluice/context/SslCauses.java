package io.sluice.context;

import java.security.GeneralSecurityException;

/** The causes of failures to make a context. */
final class SslCauses {

    private SslCauses() {}

    /** The innermost cause in words: what providers wrap in three layers is seldom told by the outermost. */
    static String root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }

    static SslContextException wrap(String what, GeneralSecurityException e) {
        return e instanceof SslContextException known ? known : new SslContextException(what + ": " + root(e), e);
    }
}
