package io.sluice.internal.config;

import io.sluice.server.MessageLimits;
import io.sluice.server.ServerSettings;
import io.sluice.stream.Initarg;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings of an endpoint: the attributes of its annotation, overridden by the configuration. Immutable.
 *
 * @param server the settings of its server
 * @param ssl the name of the SSL context; empty if none is set
 * @param timeouts the timeouts of its streams
 * @param caller who is the caller of the server's security
 * @param messages the settings of its messages
 */
public record EndpointSettings(
        ServerSettings server, Optional<String> ssl, StreamTimeouts timeouts, Caller caller, Messages messages) {

    /** Who is the caller of the server's security in the endpoint's method. */
    public enum Caller {
        /** Whom the server decides; usually nobody. */
        NONE,
        /** The client that the verified certificate names. */
        CERTIFICATE
    }

    /**
     * The settings of messages.
     *
     * @param frames where a message ends; empty if a codec is a bean
     * @param limits the limits
     */
    public record Messages(Optional<String> frames, MessageLimits limits) {

        /**
         * The timeouts of streams with messages: a peer that does not take replies must not delay the server for ever.
         *
         * @param configured the configured timeouts
         * @return the same, with a limit for writes
         */
        public StreamTimeouts timeouts(StreamTimeouts configured) {
            return new StreamTimeouts(
                    configured.read(),
                    configured.write().or(() -> Optional.of(Duration.ofSeconds(30))),
                    configured.handshake(),
                    configured.close());
        }
    }

    /**
     * The timeouts of a server's streams. Zero means no limit. Immutable.
     *
     * @param read the longest time between arrivals; empty for no limit
     * @param write the longest time for a write; empty for no limit
     * @param handshake the longest time for a handshake; empty for the context's timeout
     * @param close the longest time for a close, never zero; empty for the context's timeout
     */
    public record StreamTimeouts(
            Optional<Duration> read, Optional<Duration> write, Optional<Duration> handshake, Optional<Duration> close) {

        /** No timeouts except those of the context. */
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
}
