package io.sluice.internal.material;

import java.security.NoSuchAlgorithmException;
import java.security.spec.InvalidKeySpecException;
import org.jspecify.annotations.Nullable;

/** What an exception of a security provider says. Native libraries fail with errors, too. */
final class ProviderFailures {

    private ProviderFailures() {}

    /** Its message, or what it is if it has none. */
    static String words(Throwable failure) {
        return failure instanceof Error || failure.getMessage() == null
                ? failure.toString()
                : String.valueOf(failure.getMessage());
    }

    /** Whether an algorithm is missing. Of a cipher that it does not know, the JDK's PKCS12 says so in words alone. */
    static boolean isUnsupported(Throwable failure) {
        return find(NoSuchAlgorithmException.class, failure) != null
                || find(InvalidKeySpecException.class, failure) != null
                || String.valueOf(failure.getMessage()).contains("PBE parameter parsing error");
    }

    /** The first of a type among the causes, itself included. */
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
