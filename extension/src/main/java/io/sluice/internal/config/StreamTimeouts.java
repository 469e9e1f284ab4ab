package io.sluice.internal.config;

import io.sluice.stream.Initarg;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The timeouts of a server's streams. Immutable.
 *
 * @param read the longest time between arrivals; empty for none
 * @param write how long a write may take; empty for none
 * @param handshake how long a handshake may take; empty for what the context says
 * @param close how long a close may take; empty for what the context says
 */
public record StreamTimeouts(
        Optional<Duration> read, Optional<Duration> write, Optional<Duration> handshake, Optional<Duration> close) {

    /** No timeouts but those of the context. */
    public static final StreamTimeouts OF_THE_CONTEXT =
            new StreamTimeouts(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * The timeouts as arguments of a creation.
     *
     * @return an initarg for each that is set
     */
    public List<Initarg> initargs() {
        return Stream.of(
                        read.map(Initarg::readTimeout),
                        write.map(Initarg::writeTimeout),
                        handshake.map(Initarg::handshakeTimeout),
                        close.map(Initarg::closeTimeout))
                .flatMap(Optional::stream)
                .toList();
    }
}
