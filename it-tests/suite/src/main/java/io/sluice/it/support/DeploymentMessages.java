package io.sluice.it.support;

import java.util.Objects;
import java.util.stream.Stream;

/** The library's message of a failed deployment, wherever the container put it. */
public final class DeploymentMessages {

    private DeploymentMessages() {}

    public static String by(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .map(Throwable::getMessage)
                .filter(message -> message != null && message.startsWith("Sluice found "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not in our words", thrown));
    }
}
