package io.sluice.internal.token;

import io.sluice.internal.settings.FileContent;
import io.sluice.internal.settings.Location;
import io.sluice.internal.settings.NearNames;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.StoreSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.InvalidParameterException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Makes a security provider from a configuration, for one store alone. It is not registered. */
public final class TokenProvider {

    /** The provider that is configured if no other is named. */
    private static final String PKCS11 = "SunPKCS11";

    /** What SunPKCS11 takes for a configuration instead of a file's name. */
    private static final String INLINE = "--";

    private static final Pattern INLINE_TEXT = Pattern.compile("(?s)--.*|.*\\blibrary\\s*=.*");
    private static final int LIMIT = 64 * 1024;

    /** The JDK keeps every provider that it has configured, so a reload with the same configuration must not make another one. */
    private static final Map<Key, Provider> MADE = new ConcurrentHashMap<>();

    private record Key(String store, String base, String configuration) {}

    private TokenProvider() {}

    /**
     * The provider of a store.
     *
     * @param settings a store with the configuration of a provider
     * @param problems takes what is wrong
     * @return the provider; empty after reporting a problem
     */
    public static Optional<Provider> of(StoreSettings settings, Problems problems) {
        Setting configuration = settings.providerConfig().orElseThrow();
        String name = settings.provider().map(Setting::value).orElse(PKCS11);
        Provider base = Security.getProvider(name);
        if (base == null) {
            problems.error(
                    settings.provider().orElse(configuration),
                    "there is no JCA provider '" + name + "'"
                            + NearNames.suggest(
                                    name,
                                    Arrays.stream(Security.getProviders())
                                            .map(Provider::getName)
                                            .toList()),
                    "Register the provider, or correct its name");
            return Optional.empty();
        }
        return argument(configuration, problems)
                .flatMap(argument -> made(settings.prefix(), base, argument, configuration, problems));
    }

    /** What to configure the provider with, and the whole text of it. */
    private record Argument(String value, String text) {}

    private static Optional<Argument> argument(Setting configuration, Problems problems) {
        String value = configuration.value();
        if (INLINE_TEXT.matcher(value).matches()) {
            String inline = value.startsWith(INLINE) ? value : INLINE + value;
            return Optional.of(new Argument(inline, inline));
        }
        try {
            Path path = Location.path(value.strip());
            return new FileContent(configuration, problems, LIMIT, "Name a configuration of the provider")
                    .of(path)
                    .map(bytes -> new Argument(path.toString(), new String(bytes, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            problems.error(
                    configuration,
                    configuration.shown() + " is neither a path nor a configuration",
                    "Name a file, or set lines such as name = …, library = … and slotListIndex = 0");
            return Optional.empty();
        }
    }

    private static Optional<Provider> made(
            String store, Provider base, Argument argument, Setting configuration, Problems problems) {
        Key key = new Key(store, base.getName(), argument.value() + "\n" + argument.text());
        Provider known = MADE.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        try {
            Provider made = base.configure(argument.value());
            MADE.put(key, made);
            return Optional.of(made);
        } catch (UnsupportedOperationException e) {
            problems.error(
                    configuration,
                    "the provider " + base.getName() + " takes no configuration",
                    "Remove this property, or name a provider that is configured, such as " + PKCS11);
        } catch (InvalidParameterException | ProviderException | Error e) {
            problems.error(
                    configuration,
                    "the provider " + base.getName() + " refuses its configuration (" + words(e) + ")",
                    "Check the names in it, the library, and that the token is present");
        }
        return Optional.empty();
    }

    /** The innermost cause, which alone names what is wrong. */
    private static String words(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause.getCause() != null && depth < 20; depth++) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
