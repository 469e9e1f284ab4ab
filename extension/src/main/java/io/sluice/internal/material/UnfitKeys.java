package io.sluice.internal.material;

import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says why a client has no key for a server that requests one. The server may send many names: the text stays short. */
record UnfitKeys(String context, List<OfferedKey> keys) {

    private static final int NAMED = 3;

    String reason(String[] keyTypes, Principal @Nullable [] issuers) {
        List<OfferedKey> ofType = keys.stream()
                .filter(key -> Arrays.stream(keyTypes).anyMatch(type -> key.fits(type, null)))
                .toList();
        if (ofType.isEmpty() || issuers == null) {
            return "no key of " + context + " is of a type that the server takes ("
                    + String.join(", ", keyTypes) + "). "
                    + listed(keys, key -> "of type " + key.type().algorithm())
                    + ". Configure a key of a type that the server takes";
        }
        return "no key of " + context + " is issued by an authority that the server takes ("
                + names(Arrays.asList(issuers), Principal::getName) + "). "
                + listed(ofType, key -> "issued by '" + key.issuer() + "'")
                + ". Configure a key of an authority that the server takes";
    }

    private static String listed(List<OfferedKey> keys, Function<OfferedKey, String> trait) {
        String all = keys.stream()
                .limit(NAMED)
                .map(key -> "'" + key.name() + "' is " + trait.apply(key))
                .collect(Collectors.joining(", "));
        return "Key " + all + more(keys.size());
    }

    private static <T> String names(List<T> all, Function<T, String> name) {
        return all.stream().limit(NAMED).map(any -> "'" + name.apply(any) + "'").collect(Collectors.joining(", "))
                + more(all.size());
    }

    private static String more(int size) {
        return size > NAMED ? " and " + (size - NAMED) + " more" : "";
    }
}
