package io.sluice.server;

import io.sluice.internal.Internal;
import io.sluice.internal.proxy.ProxyHeaderException;
import io.sluice.internal.proxy.ProxyHeaderParser;
import io.sluice.internal.tls.TransportException;
import io.sluice.internal.transport.HelloPeek;
import io.sluice.stream.proxy.ProxyProtocol;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds an authority's client among those of one server, and answers it.
 *
 * @param challenges the challenges of the application
 * @param handshakes how long a handshake of this server may take; zero for no limit, empty if it has none
 * @hidden
 */
@Internal
public record ChallengeResponder(OpenChallenges challenges, Supplier<Optional<Duration>> handshakes) {

    private static final Logger LOG = System.getLogger(TlsAlpnChallenges.class.getName());

    /** For a server whose handshakes have no limit. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /**
     * For a server that answers no challenges.
     *
     * @return a responder that is never needed
     */
    public static ChallengeResponder none() {
        return new ChallengeResponder(new OpenChallenges(), Optional::empty);
    }

    void whenOpened(Runnable listener) {
        challenges.whenOpened(listener);
    }

    void forget(Runnable listener) {
        challenges.forget(listener);
    }

    boolean isNeeded() {
        return challenges.anyOpen();
    }

    /** Returns whether the client asked for an open challenge, and has got its answer. Otherwise the connection is as it was. */
    boolean answers(ServerConnection connection) {
        Optional<Duration> limit = limit();
        return limit.isPresent() && answers(connection, limit.get().isZero() ? LIMIT : limit.get());
    }

    private Optional<Duration> limit() {
        try {
            return handshakes.get();
        } catch (RuntimeException e) {
            return Optional
                    .empty(); // The context is the application's own, and the stream's creation will report this.
        }
    }

    private boolean answers(ServerConnection connection, Duration limit) {
        HelloPeek peek;
        try {
            peek = new HelloPeek(connection.acceptedSocket(), limit);
        } catch (IOException e) {
            return false; // Closed, which its handler will notice.
        }
        Optional<OpenChallenge> asked = asked(peek, connection);
        if (asked.isEmpty()) {
            peek.putBack();
            return false;
        }
        peek.putBackHello();
        answer(asked.get(), connection, limit);
        return true;
    }

    /** Whatever is wrong with these bytes, the handshake that follows will report it. */
    private Optional<OpenChallenge> asked(HelloPeek peek, ServerConnection connection) {
        try {
            return connection.proxyProtocol().isEmpty()
                            || skippedHeader(
                                    peek, connection, connection.proxyProtocol().get())
                    ? peek.hello().flatMap(challenges::askedBy)
                    : Optional.empty();
        } catch (IOException | ProxyHeaderException e) {
            return Optional.empty();
        }
    }

    private static boolean skippedHeader(HelloPeek peek, ServerConnection connection, ProxyProtocol protocol)
            throws IOException, ProxyHeaderException {
        if (!protocol.trusts(connection.socket().getInetAddress())) {
            return false;
        }
        ProxyHeaderParser.read(peek::read, protocol.version());
        return true;
    }

    private static void answer(OpenChallenge challenge, ServerConnection connection, Duration limit) {
        try {
            challenge.answer(connection.acceptedSocket(), limit);
            LOG.log(Level.DEBUG, () -> about(challenge, connection) + ": answered");
        } catch (TransportException | RuntimeException e) {
            LOG.log(Level.DEBUG, () -> about(challenge, connection) + ": the handshake failed: " + e.getMessage());
        }
    }

    private static String about(OpenChallenge challenge, ServerConnection connection) {
        return "server '" + connection.server().name() + "', peer " + connection.peer() + ", " + challenge;
    }
}
