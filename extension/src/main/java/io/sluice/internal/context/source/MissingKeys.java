package io.sluice.internal.context.source;

import io.sluice.context.ServerKey;
import io.sluice.internal.context.handshake.ContextCallbacks;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.KeyStoreSettings;

/** What a configured context says if a side of it has no key. */
record MissingKeys(ContextSettings settings, ContextCallbacks callbacks) {

    /** Checks whether the context can serve. */
    ServerKey serverKey() {
        return settings.keyStore().isPresent()
                        || callbacks.clientHello().isPresent()
                        || callbacks.keySource().isPresent()
                ? ServerKey.assumed()
                : ServerKey.missing(howToAddKeys());
    }

    String whyNoClientKey() {
        return settings.clientKeyStore().orElse(null) instanceof KeyStoreSettings.None none
                ? settings.name() + " sends no certificate, because "
                        + none.selector().property() + " is none"
                : settings.name() + " has no key. To send a certificate, " + howToAddKeys();
    }

    private String howToAddKeys() {
        return "set " + settings.property("key-store.p12.path") + " and .password, or "
                + settings.property("key-store.pem.0.cert") + " and .key";
    }
}
