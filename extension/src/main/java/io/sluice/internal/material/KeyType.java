package io.sluice.internal.material;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Map;
import java.util.Optional;

/**
 * The type of a key. JSSE providers name it differently. SunJSSE asks for an algorithm ({@code EC}, {@code EdDSA}), or for
 * an algorithm and its issuer's ({@code EC_RSA}, RFC 4492). BouncyCastle's provider asks for an algorithm and its curve
 * ({@code EC/secp256r1}), for the curve alone ({@code Ed25519}), and with TLS 1.2 for a key exchange ({@code ECDHE_ECDSA}).
 *
 * @param algorithm the key's algorithm
 * @param signature the algorithm that its certificate is signed with
 * @param edwardsCurve {@code Ed25519} or {@code Ed448}; empty for a key of another algorithm
 * @param curve the curve of an EC key; empty for a key of another algorithm
 */
record KeyType(String algorithm, String signature, String edwardsCurve, Optional<ECParameterSpec> curve) {

    private static final String EC = "EC";

    private static final Map<String, String> OF_KEY_EXCHANGE =
            Map.of("ECDHE_ECDSA", EC, "ECDHE_RSA", "RSA", "DHE_RSA", "RSA", "DHE_DSS", "DSA", "KE:RSA", "RSA");

    static KeyType of(X509Certificate certificate) {
        PublicKey key = certificate.getPublicKey();
        String edwardsCurve = edwardsCurve(key);
        return new KeyType(
                edwardsCurve.isEmpty() ? key.getAlgorithm() : "EdDSA",
                certificate.getSigAlgName(),
                edwardsCurve,
                key instanceof ECKey ec ? Optional.ofNullable(ec.getParams()) : Optional.empty());
    }

    /** The JDK's keys are called EdDSA, those of BouncyCastle's provider by their curve. */
    private static String edwardsCurve(PublicKey key) {
        if (key instanceof EdECKey edwards) {
            return edwards.getParams().getName();
        }
        return key.getAlgorithm().startsWith("Ed") ? key.getAlgorithm() : "";
    }

    /** Whether a provider that asks for this type means such a key. */
    boolean is(String asked) {
        if (asked.equals(algorithm) || asked.equals(edwardsCurve) || algorithm.equals(OF_KEY_EXCHANGE.get(asked))) {
            return true;
        }
        return (asked.startsWith(algorithm + "/") && isOfCurve(asked.substring(algorithm.length() + 1)))
                || (asked.startsWith(algorithm + "_") && signature.contains(asked.substring(algorithm.length() + 1)));
    }

    private boolean isOfCurve(String name) {
        return curve.isPresent()
                && curve.get()
                        .getCurve()
                        .equals(named(name).map(ECParameterSpec::getCurve).orElse(null));
    }

    private static Optional<ECParameterSpec> named(String curve) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance(EC);
            parameters.init(new ECGenParameterSpec(curve));
            return Optional.of(parameters.getParameterSpec(ECParameterSpec.class));
        } catch (GeneralSecurityException e) {
            return Optional.empty(); // No key can be on a curve that this JVM does not have.
        }
    }

    /** Whether a peer that verifies this signature algorithm, such as {@code SHA256withECDSA}, accepts the key type. */
    boolean isSignedBy(String signatureAlgorithm) {
        return switch (algorithm) {
            case EC -> signatureAlgorithm.contains("ECDSA");
            case "RSA" -> signatureAlgorithm.contains("RSA");
            case "DSA" -> signatureAlgorithm.endsWith("withDSA");
            default -> signatureAlgorithm.equals(algorithm) || signatureAlgorithm.equals(edwardsCurve);
        };
    }

    /** Whether a peer that accepts one type accepts the other. */
    boolean isLike(KeyType other) {
        return algorithm.equals(other.algorithm)
                && edwardsCurve.equals(other.edwardsCurve)
                && curve.map(ECParameterSpec::getCurve).equals(other.curve.map(ECParameterSpec::getCurve));
    }
}
