package io.sluice.testing;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;

/** The type and size of a certificate's key. */
public enum KeyAlgorithm {
    /** Elliptic curve P-256. */
    EC("EC", 256),
    /** Ed25519. */
    ED25519("Ed25519", 255),
    /** RSA, 2048 bits. */
    RSA("RSA", 2048),
    /** RSA, 1024 bits, which is too short for use. */
    RSA_1024("RSA", 1024);

    private final String algorithm;
    private final int bits;

    KeyAlgorithm(String algorithm, int bits) {
        this.algorithm = algorithm;
        this.bits = bits;
    }

    KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
