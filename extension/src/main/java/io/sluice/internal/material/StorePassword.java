package io.sluice.internal.material;

import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.StoreSettings;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The passwords of one store and its keys: as configured, else asked for. What was asked for is wiped when the store is read. */
final class StorePassword implements AutoCloseable {

    /** The types whose content is protected by a password, so that reading them without one means reading them unchecked. */
    private static final Set<String> PROTECTED = Set.of("PKCS12", "JKS", "JCEKS", "BKS", "BCFKS");

    /** The types whose certificates can be read without a password; the JDK reads its own trust stores so. */
    private static final Set<String> OPEN_TRUST = Set.of("PKCS12", "JKS", "JCEKS");

    /** The purpose for which a store is read. */
    enum StoreUse {
        KEYS,
        /** Certificates are public, so their stores need no password. */
        TRUST
    }

    private final StoreSettings settings;
    private final StoreUse use;
    private final PasswordSource passwords;
    private char @Nullable [] asked;
    private @Nullable Throwable failure;

    StorePassword(StoreSettings settings, StoreUse use, PasswordSource passwords) {
        this.settings = settings;
        this.use = use;
        this.passwords = passwords;
    }

    /** Whether there is one where one is due; asks for it. */
    boolean isUsable(Problems problems) {
        Optional<Setting> configured = settings.password();
        if (configured.isPresent()) {
            if (configured.get().value().isEmpty()) {
                problems.error(
                        configured.get(),
                        "the password is empty",
                        use == StoreUse.TRUST
                                ? "Set the store's password, or remove the property if the store has none"
                                : "Give the store a password and set it here");
            }
            return !configured.get().value().isEmpty();
        }
        asked = ask(".password", Optional.empty()).orElse(null);
        String type = settings.type().value().toUpperCase(Locale.ROOT);
        boolean due = PROTECTED.contains(type) && !(use == StoreUse.TRUST && OPEN_TRUST.contains(type));
        if (due && asked == null) {
            problems.error(Problem.unset(
                    settings.prefix() + ".password",
                    "the store has no password, so its content could not be checked",
                    "Set the store's password"));
        }
        return !due || asked != null;
    }

    /** The store's, not to be changed; null if there is none. */
    char @Nullable [] value() {
        return settings.password()
                .map(password -> password.value().toCharArray())
                .orElse(asked);
    }

    /** A key's own, which the caller wipes; empty if there is nobody to give one. */
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

    /** Whether an exception is of whoever was asked, and no fault of the store's provider. */
    boolean threw(Throwable e) {
        return e == failure;
    }

    /** What to say of the store's password that does not open it. */
    Problem wrong(Setting store) {
        return wrongStore(store, "does not open the store that " + store.property() + " names" + hint());
    }

    /** The same of a type whose provider does not tell the two apart. */
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
                ? Problem.of(settings.password().orElse(store), "the password " + rest, "Correct the password")
                : wrong(store, rest);
    }

    /** What to say of a key that stays shut. */
    Problem wrong(Setting store, String alias, KeyLock lock, String hint) {
        String rest = "does not open the key '" + alias + "'" + hint;
        return switch (lock) {
            case CONFIGURED ->
                Problem.of(settings.aliasPassword().orElseThrow(), "the password " + rest, "Correct the password");
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
                store, "the password of " + passwords.description() + " " + rest, "Correct the password that it gives");
    }

    /** Whose password was last tried on a key. */
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
        wipe(asked);
    }

    /** A likely reason why a password does not work, for the end of a message; may be empty. Shows no part of the password. */
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

    static String hint(Setting password) {
        return hint(password.value().toCharArray());
    }

    private static boolean isLineEnd(char letter) {
        return letter == '\n' || letter == '\r';
    }
}
