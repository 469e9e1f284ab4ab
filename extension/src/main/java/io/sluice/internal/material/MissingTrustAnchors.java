package io.sluice.internal.material;

import io.sluice.internal.pem.PemText;
import io.sluice.internal.settings.FilesRead;
import io.sluice.internal.settings.Location;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.StoreSettings;
import java.util.Optional;

/** Determines why a store contains no trusted certificate. */
final class MissingTrustAnchors {

    private MissingTrustAnchors() {}

    static Problem problem(StoreSettings settings, StoreFile file, StorePassword password) {
        Setting named = file.named();
        int unmarked = unmarked(settings, password);
        if (unmarked > 0) {
            return Problem.of(
                    named,
                    "the store " + named.shown() + " holds " + unmarked
                            + (unmarked == 1 ? " certificate" : " certificates")
                            + " without the trust attribute 2.16.840.1.113894.746875.1.1, which openssl omits by"
                            + " default, so Java trusts none",
                    "Create the store with keytool -importcert, or with openssl pkcs12 -export -nokeys"
                            + " -jdktrust anyExtendedKeyUsage (OpenSSL 3.2 or later)");
        }
        if (password.value() == null && settings.location().isPresent()) {
            return Problem.unset(
                    settings.prefix() + ".password",
                    "without a password, the store that " + named.property() + " names shows no certificate",
                    "Set the store's password");
        }
        return Problem.of(
                named,
                "the store " + named.shown() + " holds no trusted certificate",
                unmarked == 0
                        ? "Put the certificates to trust into it, with keytool -importcert"
                        : "Put the certificates to trust into it, with keytool -importcert;"
                                + " openssl pkcs12 does not mark them as trusted");
    }

    /** Counts the certificates that the JDK omits; negative if they cannot be counted. */
    private static int unmarked(StoreSettings settings, StorePassword password) {
        Optional<byte[]> bytes =
                settings.location().flatMap(location -> Location.read(location, new FilesRead(), new Problems()));
        boolean pkcs12 = bytes.isPresent()
                && PemText.of(bytes.get()).blocks().stream()
                        .anyMatch(block -> block.label().equals("PKCS12"));
        if (!pkcs12) {
            return 0;
        }
        try {
            return BouncyCastlePkcs12.certificates(bytes.get(), password.value());
        } catch (NoClassDefFoundError e) {
            return -1;
        }
    }
}
