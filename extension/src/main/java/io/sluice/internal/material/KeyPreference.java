package io.sluice.internal.material;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Chooses among several keys: first by the requested name, then a key that is valid now, then a key whose certificate is for this side, then
 * an exact name rather than a wildcard, then the configured order. JSSE asks for one key type after the other. A worse key is therefore
 * omitted if the peer accepts the type of a better one. Otherwise it would win if JSSE asks for its type first.
 */
final class KeyPreference {

    private KeyPreference() {}

    static List<OfferedKey> forServer(List<OfferedKey> keys, @Nullable String name, @Nullable SSLSession session) {
        Predicate<OfferedKey> accepted = key -> isAccepted(key, session);
        if (name == null) {
            return best(keys, rank(KeyUsages::server), accepted);
        }
        String host = name.toLowerCase(Locale.ROOT);
        List<OfferedKey> named = keys.stream().filter(key -> key.isFor(host)).toList();
        if (named.isEmpty()) {
            return best(keys, rank(KeyUsages::server), accepted);
        }
        ToIntFunction<OfferedKey> byName = key -> key.isForExactly(host) ? 0 : 1;
        List<OfferedKey> usable = best(named, rank(KeyUsages::server), accepted);
        return knowsAcceptedTypes(session)
                ? best(usable, byName, accepted)
                : usable.stream().sorted(Comparator.comparingInt(byName)).toList();
    }

    static List<OfferedKey> forClient(List<OfferedKey> keys) {
        return best(keys, rank(KeyUsages::client), key -> true);
    }

    private static ToIntFunction<OfferedKey> rank(Predicate<KeyUsages> side) {
        long now = System.currentTimeMillis();
        return key -> (key.isValidAt(now) ? 0 : 2) + (side.test(key.usages()) ? 0 : 1);
    }

    /** Returns the keys of the lowest rank of which the peer accepts any, or all keys if it accepts none; JSSE then reports the failure. */
    private static List<OfferedKey> best(
            List<OfferedKey> keys, ToIntFunction<OfferedKey> rank, Predicate<OfferedKey> accepted) {
        int[] ranks = keys.stream().mapToInt(rank).toArray();
        if (Arrays.stream(ranks).distinct().count() < 2) {
            return keys;
        }
        int[] acceptedRanks =
                keys.stream().filter(accepted).mapToInt(rank).sorted().toArray();
        return acceptedRanks.length == 0
                ? keys
                : keys.stream()
                        .filter(key -> rank.applyAsInt(key) == acceptedRanks[0])
                        .toList();
    }

    private static boolean isAccepted(OfferedKey key, @Nullable SSLSession session) {
        String[] algorithms = signatureAlgorithms(session);
        return algorithms.length == 0 || Arrays.stream(algorithms).anyMatch(key.type()::isSignedBy);
    }

    /** With TLS 1.2 the cipher suites matter too, and a key manager does not learn those of the peer. */
    private static boolean knowsAcceptedTypes(@Nullable SSLSession session) {
        return session != null && session.getProtocol().equals("TLSv1.3") && signatureAlgorithms(session).length > 0;
    }

    private static String[] signatureAlgorithms(@Nullable SSLSession session) {
        try {
            return session instanceof ExtendedSSLSession extended
                    ? extended.getPeerSupportedSignatureAlgorithms()
                    : new String[0];
        } catch (UnsupportedOperationException e) {
            return new String[0];
        }
    }
}
