package io.sluice.internal.material;

import java.util.List;
import java.util.Locale;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.StandardConstants;

/** Accepts the names that a certificate has. JSSE refuses every other name with the alert unrecognized_name. Thread-safe. */
final class NameMatcher extends SNIMatcher {

    private final List<OfferedKey> keys;

    NameMatcher(List<OfferedKey> keys) {
        super(StandardConstants.SNI_HOST_NAME);
        this.keys = keys;
    }

    @Override
    public boolean matches(SNIServerName name) {
        return name instanceof SNIHostName host && isOf(keys, host.getAsciiName());
    }

    /** Whether one of the certificates has the name. */
    static boolean isOf(List<OfferedKey> keys, String name) {
        String host = name.toLowerCase(Locale.ROOT);
        return keys.stream().anyMatch(key -> key.isFor(host));
    }
}
