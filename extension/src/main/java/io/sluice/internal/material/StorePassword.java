package io.sluice.internal.material;

import io.sluice.internal.settings.PasswordFile;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.StoreSettings;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The passwords of one store and its keys, from the configuration or else from a callback. A callback's password is wiped after reading. */
final class StorePassword implements AutoCloseable {

    /** The types whose content a password protects. Without the password, the content is read unchecked. */
    private static final Set<String> PROTECTED = Set.of("PKCS12", "JKS", "JCEKS", "BKS", "BCFKS");

    /** The types whose certificates can be read without a password, as the JDK does with its own trust store. */
    private static final Set<String> OPEN_TRUST = Set.of("PKCS12", "JKS", "JCEKS");

    /** The purpose for which a store is read. */
    enum StoreUse {
        KEYS,
        /** Certificates are public, so their stores need no password. */
        TRUST
    }

    private final StoreSettings settings;
    private final StoreUse use;
    private final MaterialReading reading;
    private final PasswordSource passwords;
    private char @Nullable [] configured;
    private char @Nullable [] asked;
    private @Nullable Throwable failure;

    StorePassword(StoreSettings settings, StoreUse use, MaterialReading reading) {
        this.settings = settings;
        this.use = use;
        this.reading = reading;
        this.passwords = reading.passwords();
    }

    /** Reads a configured password, and asks for one that is not. Returns false if one is required and missing. */
    boolean isUsable(Problems problems) {
        if (settings.password().isPresent()) {
            return isUsable(settings.password().get(), problems);
        }
        asked = ask(".password", Optional.empty()).orElse(null);
        String type = settings.type().value().toUpperCase(Locale.ROOT);
        boolean required = PROTECTED.contains(type) && !(use == StoreUse.TRUST && OPEN_TRUST.contains(type));
        if (required && asked == null) {
            problems.error(Problem.unset(
                    settings.prefix() + ".password",
                    "no password is set for the store, so its content could not be checked",
                    "Set the store's password"));
        }
        return !required || asked != null;
    }

    private boolean isUsable(Setting given, Problems problems) {
        if (given.value().isEmpty()) {
            problems.error(
                    given,
                    "the password is empty",
                    use == StoreUse.TRUST
                            ? "Set the store's password, or remove the property if the store has none"
                            : "Give the store a password and set it here");
            return false;
        }
        configured = reading.password(given).orElse(null);
        return configured != null;
    }

    /** Returns the store's password, which must not be changed; null if there is none. */
    char @Nullable [] value() {
        return configured != null ? configured : asked;
    }

    /** Returns a key's own password, which the caller wipes; empty if the callback has none. */
    Optional<char[]> ofKey(String alias) {
        return ask(".alias-password", Optional.of(alias));
    }

    private Optional<char[]> ask(String key, Optional<String> alias) {
        try {
            return passwords.password(settings.prefix() + key, alias);
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
    }

    /** Whether the callback threw this exception, and not the store's provider. */
    boolean threw(Throwable e) {
        return e == failure;
    }

    /** Returns the problem of a password that does not open the store. */
    Problem wrong(Setting store) {
        return wrongStore(store, "does not open the store that " + store.property() + " names" + hint());
    }

    /** Returns the problem for a type whose provider does not distinguish a wrong password from a damaged store. */
    Problem wrongOrDamaged(Setting store) {
        return wrongStore(
                store, "does not open the store that " + store.property() + " names, or the store is damaged" + hint());
    }

    private String hint() {
        char[] password = value();
        return password == null ? "" : hint(password);
    }

    private Problem wrongStore(Setting store, String rest) {
        return asked == null
                ? Problem.of(
                        settings.password().orElse(store),
                        settings.password().map(StorePassword::words).orElse("the password") + " " + rest,
                        "Correct the password")
                : wrong(store, rest);
    }

    /** Returns the problem of a key that no password opened. */
    Problem wrong(Setting store, String alias, KeyLock lock, String hint) {
        String rest = "does not open the key '" + alias + "'" + hint;
        return switch (lock) {
            case CONFIGURED ->
                Problem.of(
                        settings.aliasPassword().orElseThrow(),
                        words(settings.aliasPassword().orElseThrow()) + " " + rest,
                        "Correct the password");
            case ASKED -> wrong(store, rest);
            case OF_STORE ->
                Problem.unset(
                        settings.prefix() + ".alias-password",
                        "the store's password " + rest,
                        "Set the key's own password");
        };
    }

    private Problem wrong(Setting store, String rest) {
        return Problem.of(
                store,
                "the password of " + passwords.description() + " " + rest,
                "Correct the password that it returns");
    }

    /** The origin of the password that was last tried on a key. */
    enum KeyLock {
        CONFIGURED,
        OF_STORE,
        ASKED
    }

    static void wipe(char @Nullable [] password) {
        if (password != null) {
            Arrays.fill(password, '\0');
        }
    }

    @Override
    public void close() {
        wipe(configured);
        wipe(asked);
    }

    /** Returns a likely reason why a password does not work, for the end of a message; may be empty. Shows no part of the password. */
    static String hint(char[] password) {
        for (int i = 0; i + 1 < password.length; i++) {
            if (isLineEnd(password[i]) && !isLineEnd(password[i + 1])) {
                return " (the password has more than one line)";
            }
        }
        if (password.length == 0) {
            return "";
        }
        if (Character.isWhitespace(password[password.length - 1])) {
            return " (the password ends with white space)";
        }
        return Character.isWhitespace(password[0]) ? " (the password begins with white space)" : "";
    }

    /** Describes a configured password, for the beginning of a message. */
    static String words(Setting password) {
        return PasswordFile.isNamedBy(password) ? "the password in the file " + password.shown() : "the password";
    }

    private static boolean isLineEnd(char letter) {
        return letter == '\n' || letter == '\r';
    }
}
