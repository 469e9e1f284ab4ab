package io.sluice.it.support;

import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.util.LinkedHashMap;
import java.util.Map;

/** The properties of two contexts that trust one authority: {@code web} for a server, and {@code peer} for its client. */
public final class ClientServerConfiguration {

    private static final String PREFIX = "sluice.ssl.";

    private final Map<String, String> properties = new LinkedHashMap<>();

    public ClientServerConfiguration(TestAuthority authority, TestChain server, TestChain client) {
        keys("web", server);
        keys("peer", client);
        set("web.trust-store.pem.certs", authority.pem());
        set("peer.trust-store.pem.certs", authority.pem());
    }

    /** Sets a property, whose key begins with the name of the context. */
    public void set(String key, String value) {
        properties.put(PREFIX + key, value);
    }

    /** Sets the key and certificate of a context. */
    public void keys(String context, TestChain chain) {
        set(context + ".key-store.pem.0.cert", chain.pem());
        set(context + ".key-store.pem.0.key", chain.keyPem());
    }

    /** Removes the properties whose keys begin with a text. */
    public void remove(String start) {
        properties.keySet().removeIf(key -> key.startsWith(PREFIX + start));
    }

    public Map<String, String> properties() {
        return properties;
    }
}
