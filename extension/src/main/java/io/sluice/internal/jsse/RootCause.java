package io.sluice.internal.jsse;

/** The innermost cause of a failure. */
public final class RootCause {

    private RootCause() {}

    /** The innermost cause in words: what providers wrap in three layers is seldom told by the outermost. */
    public static String of(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }
}
