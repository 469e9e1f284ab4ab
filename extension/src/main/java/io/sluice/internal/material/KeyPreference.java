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
 * Which of several keys is shown: one of the requested name if there is one, then one that is valid now, then one whose certificate is
 * for this side, then one of exactly the name rather than a wildcard, then the first in the configured order. JSSE asks for one key type
 * after the other. A worse key is therefore left out if the peer takes the type of a better one. Otherwise it
 * would win because its type is asked for first.
 */
final class KeyPreference {

    private KeyPreference() {}

    static List<OfferedKey> forServer(List<OfferedKey> keys, @Nullable String name, @Nullable SSLSession session) {
        Predicate<OfferedKey> taken = key -> isTaken(key, session);
        if (name == null) {
            return best(keys, rank(KeyUsages::server), taken);
        }
        String host = name.toLowerCase(Locale.ROOT);
        List<OfferedKey> named = keys.stream().filter(key -> key.isFor(host)).toList();
        if (named.isEmpty()) {
            return best(keys, rank(KeyUsages::server), taken);
        }
        ToIntFunction<OfferedKey> byName = key -> key.isForExactly(host) ? 0 : 1;
        List<OfferedKey> usable = best(named, rank(KeyUsages::server), taken);
        return knowsWhatIsTaken(session)
                ? best(usable, byName, taken)
                : usable.stream().sorted(Comparator.comparingInt(byName)).toList();
    }

    static List<OfferedKey> forClient(List<OfferedKey> keys) {
        return best(keys, rank(KeyUsages::client), key -> true);
    }

    private static ToIntFunction<OfferedKey> rank(Predicate<KeyUsages> side) {
        long now = System.currentTimeMillis();
        return key -> (key.isValidAt(now) ? 0 : 2) + (side.test(key.usages()) ? 0 : 1);
    }

    /** The keys of the lowest rank that the peer takes any of; all keys if it takes none, for JSSE to say so. */
    private static List<OfferedKey> best(
            List<OfferedKey> keys, ToIntFunction<OfferedKey> rank, Predicate<OfferedKey> taken) {
        int[] ranks = keys.stream().mapToInt(rank).toArray();
        if (Arrays.stream(ranks).distinct().count() < 2) {
            return keys;
        }
        int[] takenRanks = keys.stream().filter(taken).mapToInt(rank).sorted().toArray();
        return takenRanks.length == 0
                ? keys
                : keys.stream()
                        .filter(key -> rank.applyAsInt(key) == takenRanks[0])
                        .toList();
    }

    private static boolean isTaken(OfferedKey key, @Nullable SSLSession session) {
        String[] algorithms = signatureAlgorithms(session);
        return algorithms.length == 0 || Arrays.stream(algorithms).anyMatch(key.type()::isSignedBy);
    }

    /** With TLS 1.2 the cipher suites decide too, and a key manager does not learn those of the peer. */
    private static boolean knowsWhatIsTaken(@Nullable SSLSession session) {
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
