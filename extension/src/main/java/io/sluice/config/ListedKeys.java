package io.sluice.config;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.Config;

/**
 * The properties that the sources list under a prefix: {@code sluice.ssl.} or {@code sluice.endpoint.}.
 *
 * <p>Some sources list what they guess from environment variables: of {@code SLUICE_SSL_MY_APP_KEY_STORE_PEM_0_CERT} SmallRye makes
 * {@code sluice.ssl.my.app.key.store.pem[0]cert}. It lists the variable itself too, and that tells a guess from a name.
 */
final class ListedKeys {

    private final String prefix;
    private final Set<String> names = new HashSet<>();

    ListedKeys(Config config, String prefix) {
        this.prefix = prefix;
        config.getPropertyNames().forEach(names::add);
    }

    void forEach(Consumer<ListedKey> action) {
        forEachUnder(prefix, action);
    }

    /** The longer prefix begins with that of all. */
    void forEachUnder(String longer, Consumer<ListedKey> action) {
        names.stream()
                .filter(name -> name.startsWith(longer))
                .sorted()
                .map(this::split)
                .forEach(action);
    }

    private ListedKey split(String property) {
        String rest = property.substring(prefix.length());
        int dot = rest.indexOf('.');
        return new ListedKey(
                property,
                dot < 0 ? rest : rest.substring(0, dot),
                dot < 0 ? "" : rest.substring(dot + 1),
                isFromEnvironment(property));
    }

    private boolean isFromEnvironment(String property) {
        String variable = property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
        return names.contains(variable) || System.getenv(variable) != null;
    }
}
