package io.sluice.internal.settings;

import java.util.Optional;

/**
 * How the server side chooses a key by the name that the client sends (RFC 6066, 3).
 *
 * @param choice the property that says so; empty if the name does not matter
 * @param refuseUnmatched the property that refuses a name that no certificate has; empty if the first key that fits is presented
 * @param refuseMissing the property that refuses a client without a name; empty if the first key that fits is presented
 */
public record SniSettings(
        Optional<Setting> choice, Optional<Setting> refuseUnmatched, Optional<Setting> refuseMissing) {

    /** The name does not matter. */
    public static final SniSettings NONE = new SniSettings(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Returns whether the name decides.
     *
     * @return false if the first key that fits is presented for any name
     */
    public boolean byName() {
        return choice.isPresent();
    }

    /** What a server does about a name for which it has no certificate. */
    public enum Unknown {
        /** It presents the first key that fits. */
        FIRST,
        /** It ends the handshake. */
        REFUSE
    }
}
