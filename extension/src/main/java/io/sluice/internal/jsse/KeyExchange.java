package io.sluice.internal.jsse;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * What an engine or socket negotiates in a key exchange. JSSE has parameters for it since JDK 19 and 20. Bouncy Castle has parameters of its
 * own, on every JDK.
 *
 * @param groups the names of the groups, the preferred one first; empty for the engine's own
 * @param signatureSchemes the names of the signature schemes, the preferred one first; empty for the engine's own
 */
public record KeyExchange(List<String> groups, List<String> signatureSchemes) {

    /** The engine's own. */
    public static final KeyExchange DEFAULT = new KeyExchange(List.of(), List.of());

    static final String GROUPS = "NamedGroups";
    static final String SCHEMES = "SignatureSchemes";

    /** Copies the lists. */
    public KeyExchange {
        groups = List.copyOf(groups);
        signatureSchemes = List.copyOf(signatureSchemes);
    }

    /** Whether a group withstands quantum computers too: ML-KEM, with or without a curve. Such groups exist in TLS 1.3 only. */
    public static boolean isPostQuantum(String group) {
        return group.toUpperCase(Locale.ROOT).contains("MLKEM");
    }

    /**
     * The groups of which a client sends its share at once, so that no second hello is needed: the first one, and if it is post-quantum, the
     * first one that older servers know too.
     */
    public List<String> keyShares() {
        if (groups.isEmpty() || !isPostQuantum(groups.get(0))) {
            return List.of();
        }
        return Stream.concat(
                        groups.stream().limit(1),
                        groups.stream().filter(group -> !isPostQuantum(group)).limit(1))
                .toList();
    }

    /** Whether an engine may know a group without offering it first. */
    public static boolean mayKnow(String group, SSLEngine engine) {
        return BouncyCastleParameters.areOf(engine)
                || LaterParameters.list(GROUPS, engine.getSSLParameters()).contains(group);
    }

    /** What an engine negotiates, as far as it tells. */
    public static KeyExchange of(SSLEngine engine) {
        KeyExchange ofBouncyCastle = BouncyCastleParameters.of(engine);
        if (!ofBouncyCastle.equals(DEFAULT)) {
            return ofBouncyCastle;
        }
        SSLParameters parameters = engine.getSSLParameters();
        return new KeyExchange(LaterParameters.list(GROUPS, parameters), LaterParameters.list(SCHEMES, parameters));
    }

    /** Whether parameters can carry the groups. */
    public static boolean parametersHaveGroups() {
        return LaterParameters.has(GROUPS);
    }

    /** Whether parameters can carry the signature schemes. */
    public static boolean parametersHaveSchemes() {
        return LaterParameters.has(SCHEMES);
    }

    /** Sets this in parameters, as far as they can carry it. */
    public void set(SSLParameters parameters) {
        LaterParameters.set(GROUPS, groups, parameters);
        LaterParameters.set(SCHEMES, signatureSchemes, parameters);
    }

    /** Sets in an engine what its parameters cannot carry. Called after the parameters are set, because they replace it. */
    public void complete(SSLEngine engine) {
        BouncyCastleParameters.set(this, engine);
    }

    /** Sets in a socket what its parameters cannot carry. Called after the parameters are set, because they replace it. */
    public void complete(SSLSocket socket) {
        BouncyCastleParameters.set(this, socket);
    }
}
