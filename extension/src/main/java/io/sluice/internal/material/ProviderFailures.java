package io.sluice.internal.material;

import java.security.NoSuchAlgorithmException;
import java.security.spec.InvalidKeySpecException;
import org.jspecify.annotations.Nullable;

/** Interprets exceptions of security providers. Native libraries also fail with errors. */
final class ProviderFailures {

    /** What to do if a key cannot be used. */
    static final String CHECK_KEY = "Check the security provider or the token that holds the key";

    private ProviderFailures() {}

    /** Returns the message, or the type if there is no message. */
    static String words(Throwable failure) {
        return failure instanceof Error || failure.getMessage() == null
                ? failure.toString()
                : String.valueOf(failure.getMessage());
    }

    /** Whether an algorithm is missing. The JDK's PKCS12 store reports an unknown cipher only in its message. */
    static boolean isUnsupported(Throwable failure) {
        return find(NoSuchAlgorithmException.class, failure) != null
                || find(InvalidKeySpecException.class, failure) != null
                || String.valueOf(failure.getMessage()).contains("PBE parameter parsing error");
    }

    /** Returns the first exception of a type among the failure and its causes. */
    static <T extends Throwable> @Nullable T find(Class<T> type, Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
            cause = cause.getCause();
        }
        return null;
    }
}
