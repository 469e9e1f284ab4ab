package io.sluice.it.server.app;

import io.sluice.stream.Assisted;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;

/** Injects a part and two initargs: one that an interceptor adds, and one that the caller may give. */
@Dependent
public class GreetedStream extends SocketStream {

    @Inject
    Part part;

    @Inject
    @Assisted("greeting")
    String greeting;

    @Inject
    @Assisted("times")
    Optional<Integer> times;

    String greeted() {
        return part == null ? "not made by the container" : greeting.repeat(times.orElse(1));
    }
}
