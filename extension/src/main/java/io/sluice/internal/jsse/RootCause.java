package io.sluice.internal.jsse;

/** The innermost cause of a failure. */
public final class RootCause {

    private RootCause() {}

    /** The message of the innermost cause. Providers wrap it several times, and the outermost message seldom explains the failure. */
    public static String of(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }
}
