package io.sluice.internal.config;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a client of the jar sluice-client. Immutable.
 *
 * @param name the client's name
 * @param addresses the servers in the order of preference, unresolved; at least one
 * @param ssl the name of the SSL context, even if it is the default
 * @param timeouts the limits of single operations
 * @param backoff the first and the longest time for which a failed address is left alone
 * @param frames how messages are cut
 * @param pool how connections are kept
 */
public record ClientSettings(
        String name,
        List<InetSocketAddress> addresses,
        String ssl,
        Timeouts timeouts,
        Backoff backoff,
        Framing frames,
        Pool pool) {

    /** Copies the list. */
    public ClientSettings {
        addresses = List.copyOf(addresses);
    }

    /**
     * The limits of single operations. Zero means no limit.
     *
     * @param connect for a connection to one address, never zero
     * @param handshake for a handshake; empty for the context's limit
     * @param read between arrivals
     * @param write for a write
     * @param reply from a request to its complete reply, never zero
     */
    public record Timeouts(
            Duration connect, Optional<Duration> handshake, Duration read, Duration write, Duration reply) {}

    /**
     * How long a failed address is left alone.
     *
     * @param first after the first failure
     * @param most at most
     */
    public record Backoff(Duration first, Duration most) {}

    /**
     * How messages are cut.
     *
     * @param named the configured frames; empty if the codec is a bean
     * @param maxFrame the longest frame, in bytes
     * @param frameTimeout the longest time from the first byte of a frame to its last
     */
    public record Framing(Optional<String> named, int maxFrame, Duration frameTimeout) {}

    /**
     * How connections are kept. Zero means no limit.
     *
     * @param maxSize the most connections
     * @param minIdle how many unused ones are kept ready
     * @param maxWait the longest wait for one, never zero
     * @param maxLifetime the age at which one is replaced
     * @param idleTimeout the time without use after which one is closed
     * @param testAfter the time without use after which one is tested
     * @param shared whether there is one connection for all callers
     */
    public record Pool(
            int maxSize,
            int minIdle,
            Duration maxWait,
            Duration maxLifetime,
            Duration idleTimeout,
            Duration testAfter,
            boolean shared) {}

    /**
     * The full name of one of the client's properties, for messages.
     *
     * @param key the part after the client's name
     * @return the property
     */
    public String property(String key) {
        return property(name, key);
    }

    /**
     * The full name of a property.
     *
     * @param client the client's name
     * @param key the part after the client's name
     * @return the property
     */
    public static String property(String client, String key) {
        return ClientKeys.KEYS.prefix() + client + "." + key;
    }
}
