package io.sluice.internal.security;

import org.jspecify.annotations.Nullable;

/** Thrown if the server's security does not know a client. The message says which name it was asked for. */
public final class UnknownCallerException extends Exception {

    private static final long serialVersionUID = 1L;

    UnknownCallerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
