package io.sluice.server;

import io.sluice.internal.Internal;
import io.sluice.internal.tls.hello.ClientHello;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The open challenges of one application.
 *
 * @hidden
 */
@Internal
public final class OpenChallenges implements TlsAlpnChallenges {

    private static final Logger LOG = System.getLogger(TlsAlpnChallenges.class.getName());

    private final Map<String, OpenChallenge> open = new ConcurrentHashMap<>();
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /** None is open. */
    public OpenChallenges() {}

    @Override
    public Challenge open(String identifier, X509Certificate certificate, PrivateKey key) {
        ChallengeIdentifier name = ChallengeIdentifier.of(Objects.requireNonNull(identifier, "identifier"));
        name.requireCertificate(Objects.requireNonNull(certificate, "certificate"), Objects.requireNonNull(key, "key"));
        if (stopped) {
            throw new IllegalStateException(
                    "the container has stopped. Open challenges only while the application runs");
        }
        endOverdue();
        OpenChallenge challenge = new OpenChallenge(
                name.serverName(), certificate, key, closed -> open.remove(closed.serverName(), closed));
        if (open.putIfAbsent(name.serverName(), challenge) != null) {
            throw new IllegalStateException("a challenge for " + name.text() + " is already open. Close it first");
        }
        listeners.forEach(Runnable::run);
        return challenge;
    }

    private void endOverdue() {
        open.values().forEach(challenge -> {
            if (challenge.isOverdue() && open.remove(challenge.serverName(), challenge)) {
                LOG.log(
                        Level.WARNING,
                        "the " + challenge + " was open for " + OpenChallenge.LONGEST.toHours() + " hour, so it is"
                                + " closed now. Close challenges when the authority has validated them");
            }
        });
    }

    boolean anyOpen() {
        if (open.isEmpty()) {
            return false;
        }
        endOverdue();
        return !open.isEmpty();
    }

    /** Returns the challenge that a client asks for, if it asks for nothing else. */
    Optional<OpenChallenge> askedBy(ClientHello hello) {
        return hello.applicationProtocols().equals(List.of(OpenChallenge.PROTOCOL))
                ? hello.serverName().map(open::get)
                : Optional.empty();
    }

    /** Runs the listener whenever a challenge has been opened. */
    void whenOpened(Runnable listener) {
        listeners.add(listener);
    }

    void forget(Runnable listener) {
        listeners.remove(listener);
    }

    /** Closes all challenges. No further ones can be opened. */
    public void stop() {
        stopped = true;
        open.clear();
    }
}
