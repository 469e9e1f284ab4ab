package io.sluice.internal.material;

import io.sluice.internal.pem.BouncyCastlePem;
import io.sluice.internal.pem.PemBlock;
import io.sluice.internal.pem.PemException;
import io.sluice.internal.pem.PemKind;
import io.sluice.internal.settings.KeyStoreSettings;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the private key of a PEM pair, if the library that parses it is available. */
final class PemKey {

    private PemKey() {}

    static Optional<PrivateKey> read(KeyStoreSettings.Pair pair, MaterialReading reading) {
        Problems problems = reading.problems();
        Setting setting = pair.key();
        List<PemBlock> blocks = PemObjects.read(setting, PemKind.PRIVATE_KEY, reading);
        if (blocks.isEmpty()) {
            return Optional.empty();
        }
        String text = blocks.get(0).pem();
        char[] password = pair.password()
                .map(reading::password)
                .orElse(Optional.of(new char[0]))
                .orElse(null);
        if (password == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(BouncyCastlePem.privateKey(text, password));
        } catch (PemException e) {
            if (e.fault() == PemException.Fault.NO_PASSWORD && pair.password().isEmpty()) {
                return readWithCallback(pair, text, reading.passwords(), problems);
            }
            report(pair, StorePassword.hint(password), e, problems);
        } catch (NoClassDefFoundError e) {
            problems.error(
                    setting,
                    "private keys as PEM need BouncyCastle, which is not on the class path",
                    "Add the dependency org.bouncycastle:bcpkix-jdk18on, or keep the key in a PKCS12 store");
        } finally {
            Arrays.fill(password, '\0');
        }
        return Optional.empty();
    }

    private static Optional<PrivateKey> readWithCallback(
            KeyStoreSettings.Pair pair, String text, PasswordSource passwords, Problems problems) {
        char[] password = passwords
                .password(pair.prefix() + ".password", Optional.of(pair.name()))
                .orElseGet(() -> new char[0]);
        try {
            return Optional.of(BouncyCastlePem.privateKey(text, password));
        } catch (PemException e) {
            if (e.fault() == PemException.Fault.WRONG_PASSWORD) {
                problems.error(
                        pair.key(),
                        "the password of " + passwords.description() + " does not open the key that "
                                + pair.key().property() + " names" + StorePassword.hint(password),
                        "Correct the password that it returns");
            } else {
                report(pair, "", e, problems);
            }
            return Optional.empty();
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static void report(KeyStoreSettings.Pair pair, String hint, PemException e, Problems problems) {
        Setting key = pair.key();
        switch (e.fault()) {
            case NO_KEY ->
                problems.error(
                        key, key.shown() + " holds no private key" + e.detail(), PemKind.PRIVATE_KEY.remedyIfAbsent());
            case NO_PASSWORD ->
                problems.error(pair.password()
                        .map(empty -> Problem.of(
                                empty,
                                "the password is empty, and the key that " + key.property() + " names is encrypted",
                                "Set its password"))
                        .orElseGet(() -> Problem.unset(
                                pair.prefix() + ".password",
                                "the key that " + key.property() + " names is encrypted",
                                "Set its password")));
            case WRONG_PASSWORD ->
                problems.error(
                        pair.password().orElse(key),
                        pair.password().map(StorePassword::words).orElse("the password")
                                + " does not open the key that " + key.property() + " names" + hint,
                        "Correct the password");
            case UNKNOWN_ENCRYPTION ->
                problems.error(
                        key,
                        "the key is encrypted with an algorithm that is not supported",
                        "Encrypt it again, with openssl pkcs8 -topk8 -v2 aes-256-cbc");
            case DAMAGED -> problems.error(PemObjects.unreadable(key, PemKind.PRIVATE_KEY, e.detail()));
        }
    }
}
