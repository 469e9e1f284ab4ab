package io.sluice.internal.opentelemetry;

import io.sluice.stream.SocketStreamException;

/** Failures in the words of a span's status. */
final class Failures {

    private static final int LIMIT = 1_000;

    private Failures() {}

    /** The message of a condition, which may quote the peer, so it has a limit. Of another exception only the class: it may say anything. */
    static String description(Throwable failure) {
        return failure instanceof SocketStreamException condition
                ? cut(String.valueOf(condition.getMessage()), LIMIT)
                : failure.getClass().getName();
    }

    static String cut(String text, int limit) {
        return text.length() <= limit ? text : text.substring(0, limit) + "…";
    }
}
