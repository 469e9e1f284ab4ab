package io.sluice.internal.material;

import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import java.util.Optional;

/** Checks that a key matches its certificate, is long enough, and is in date. JSSE detects this only in a handshake, if at all. */
final class KeyChecks {

    private static final int SHORTEST_RSA = 2048;
    private static final byte[] PROBE = "sluice: is this key the certificate's?".getBytes(StandardCharsets.US_ASCII);

    private static final PSSParameterSpec PSS =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, PSSParameterSpec.TRAILER_FIELD_BC);

    private KeyChecks() {}

    static void check(KeyEntry entry, Setting key, Setting certificate, MaterialReading reading) {
        Problems problems = reading.problems();
        try {
            belongs(entry, key, certificate, problems);
        } catch (RuntimeException | Error e) { // ProviderException: a token or a native library that fails.
            problems.error(unusable(entry, key, e, ProviderFailures.CHECK_KEY));
        } catch (GeneralSecurityException e) {
            problems.error(unsupported(entry, key, e));
        }
        new ValidityCheck(reading.rotation().ownKeys(), certificate, problems).check(entry.chain());
        order(entry.chain(), certificate, problems);
    }

    private static Problem unusable(KeyEntry entry, Setting key, Throwable e, String remedy) {
        return Problem.of(
                key,
                "the key of the certificate " + name(entry.certificate()) + " in " + key.shown() + " cannot be used ("
                        + ProviderFailures.words(e) + ")",
                remedy);
    }

    private static Problem unsupported(KeyEntry entry, Setting key, GeneralSecurityException e) {
        String others =
                "Use a key on " + String.join(", ", EcCurves.supported()) + ", or an RSA key of 2048 bits or more";
        return EcCurves.unsupported(entry.key())
                .map(curve -> Problem.of(
                        key,
                        "this JVM does not support the curve " + curve + " of the key of the certificate "
                                + name(entry.certificate()),
                        others))
                .orElseGet(() -> unusable(entry, key, e, others));
    }

    /** Throws the JVM's exception for a key that it cannot sign with. */
    private static void belongs(KeyEntry entry, Setting key, Setting certificate, Problems problems)
            throws GeneralSecurityException {
        int bits = bits(entry.certificate().getPublicKey());
        if (bits > 0 && bits < SHORTEST_RSA) {
            problems.error(
                    certificate,
                    "the RSA key of " + name(entry.certificate()) + " has " + bits + " bits, which is too weak",
                    "Use an RSA key of 2048 bits or more, or an EC key");
        } else if (!belongTogether(entry.key(), entry.certificate().getPublicKey())) {
            Problem mismatch = Problem.of(
                    key,
                    "the key does not match the certificate " + name(entry.certificate()) + where(entry),
                    remedy(entry));
            // Only what comes from two places is replaced one after the other.
            problems.error(key.equals(certificate) ? mismatch : mismatch.thatMayPass());
        }
    }

    private static String where(KeyEntry entry) throws GeneralSecurityException {
        int place = place(entry);
        return place < 0 ? "" : ", which comes first, but the one in position " + (place + 1);
    }

    private static String remedy(KeyEntry entry) throws GeneralSecurityException {
        return place(entry) < 0
                ? "Name the key that the certificate was issued for"
                : "Put the key's own certificate first, then the one that issued it, and so on";
    }

    private static int place(KeyEntry entry) throws GeneralSecurityException {
        for (int i = 1; i < entry.chain().size(); i++) {
            if (belongTogether(entry.key(), entry.chain().get(i).getPublicKey())) {
                return i;
            }
        }
        return -1;
    }

    private static void order(List<X509Certificate> chain, Setting setting, Problems problems) {
        for (int i = 1; i < chain.size(); i++) {
            X509Certificate issued = chain.get(i - 1);
            if (!issued.getIssuerX500Principal().equals(chain.get(i).getSubjectX500Principal())) {
                problems.warn(
                        setting,
                        name(issued) + " was not issued by the next certificate of the chain, " + name(chain.get(i)),
                        "Put the key's own certificate first, then the one that issued it, and so on");
            }
        }
    }

    static String name(X509Certificate certificate) {
        return "'" + certificate.getSubjectX500Principal() + "'";
    }

    private static int bits(Key key) {
        return key instanceof RSAKey rsa ? rsa.getModulus().bitLength() : 0;
    }

    /** Signs and verifies, which also works for keys that never leave their hardware. Unknown algorithms are left to the handshake. */
    private static boolean belongTogether(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        Signature signing;
        try {
            signing = signature(key);
        } catch (NoSuchAlgorithmException e) {
            return true;
        }
        signing.initSign(key);
        signing.update(PROBE);
        return verifies(signing.sign(), signature(key), certified);
    }

    private static boolean verifies(byte[] signed, Signature verifying, PublicKey certified) {
        try {
            verifying.initVerify(certified);
            verifying.update(PROBE);
            return verifying.verify(signed);
        } catch (InvalidKeyException | SignatureException e) { // Another algorithm, length or curve.
            return false;
        }
    }

    private static Signature signature(PrivateKey key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(signature(key.getAlgorithm()));
        if (signature.getAlgorithm().equals("RSASSA-PSS")) {
            AlgorithmParameterSpec own = key instanceof RSAKey rsa ? rsa.getParams() : null;
            signature.setParameter(own != null ? own : PSS);
        }
        return signature;
    }

    private static String signature(String algorithm) {
        return switch (algorithm) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "DSA" -> "SHA256withDSA";
            default -> algorithm;
        };
    }

    /** The elliptic curves of keys. The JDK reads keys of more curves than it can use. */
    private static final class EcCurves {

        private static final List<String> COMMON = List.of("secp256r1", "secp384r1", "secp521r1");

        private EcCurves() {}

        /** Returns the curve of a key if this JVM cannot use it; empty for keys of other kinds. */
        static Optional<String> unsupported(Key key) {
            return key instanceof ECKey ec
                    ? Optional.of(name(ec)).filter(name -> !isSupported(name))
                    : Optional.empty();
        }

        /** Returns the curves to recommend. */
        static List<String> supported() {
            return COMMON.stream().filter(EcCurves::isSupported).toList();
        }

        /** The string of the JDK's parameters begins with the name. A curve without a name is described by its size. */
        private static String name(ECKey key) {
            String name = key.getParams().toString().split("[ (\\[]")[0];
            return name.contains("@")
                    ? "of " + key.getParams().getCurve().getField().getFieldSize() + " bits without a name"
                    : name;
        }

        private static boolean isSupported(String name) {
            try {
                KeyPairGenerator.getInstance("EC").initialize(new ECGenParameterSpec(name));
                return true;
            } catch (GeneralSecurityException e) {
                return false;
            }
        }
    }
}
