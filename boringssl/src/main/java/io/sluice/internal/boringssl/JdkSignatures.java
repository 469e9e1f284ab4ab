package io.sluice.internal.boringssl;

import io.netty.handler.ssl.OpenSslPrivateKeyMethod;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Signs with keys that cannot be exported, through the JDK.
 *
 * @param keys knows the key of each handshake
 */
record JdkSignatures(EngineKeys keys) implements OpenSslPrivateKeyMethod {

    @Override
    public byte[] sign(SSLEngine engine, int signatureAlgorithm, byte[] input) throws Exception {
        PrivateKey key = keys.signing(engine);
        if (key == null) {
            throw new SSLHandshakeException("the key of the chosen certificate is not there");
        }
        // The key first, because it decides which JCA provider signs.
        PSSParameterSpec padding = padding(signatureAlgorithm);
        Signature signature = Signature.getInstance(padding == null ? name(signatureAlgorithm) : "RSASSA-PSS");
        signature.initSign(key);
        if (padding != null) {
            signature.setParameter(padding);
        }
        signature.update(input);
        return signature.sign();
    }

    /** The salt is as long as the digest (RFC 8446, 4.2.3). */
    private static @Nullable PSSParameterSpec padding(int algorithm) {
        if (algorithm == SSL_SIGN_RSA_PSS_RSAE_SHA256) {
            return padding(MGF1ParameterSpec.SHA256, 32);
        } else if (algorithm == SSL_SIGN_RSA_PSS_RSAE_SHA384) {
            return padding(MGF1ParameterSpec.SHA384, 48);
        } else if (algorithm == SSL_SIGN_RSA_PSS_RSAE_SHA512) {
            return padding(MGF1ParameterSpec.SHA512, 64);
        }
        return null;
    }

    private static PSSParameterSpec padding(MGF1ParameterSpec digest, int length) {
        return new PSSParameterSpec(digest.getDigestAlgorithm(), "MGF1", digest, length, 1);
    }

    private static String name(int algorithm) throws InvalidKeyException {
        if (algorithm == SSL_SIGN_RSA_PKCS1_SHA1) {
            return "SHA1withRSA";
        } else if (algorithm == SSL_SIGN_RSA_PKCS1_SHA256) {
            return "SHA256withRSA";
        } else if (algorithm == SSL_SIGN_RSA_PKCS1_SHA384) {
            return "SHA384withRSA";
        } else if (algorithm == SSL_SIGN_RSA_PKCS1_SHA512) {
            return "SHA512withRSA";
        } else if (algorithm == SSL_SIGN_ECDSA_SHA1) {
            return "SHA1withECDSA";
        } else if (algorithm == SSL_SIGN_ECDSA_SECP256R1_SHA256) {
            return "SHA256withECDSA";
        } else if (algorithm == SSL_SIGN_ECDSA_SECP384R1_SHA384) {
            return "SHA384withECDSA";
        } else if (algorithm == SSL_SIGN_ECDSA_SECP521R1_SHA512) {
            return "SHA512withECDSA";
        } else if (algorithm == SSL_SIGN_ED25519) {
            return "Ed25519";
        }
        throw new InvalidKeyException("BoringSSL asks for a signature that is not known: " + algorithm);
    }

    /** RSA key exchange, in which the server decrypts. Such suites are a problem for the server of these keys. */
    @Override
    public byte[] decrypt(SSLEngine engine, byte[] input) {
        throw new UnsupportedOperationException("keys that cannot be exported only sign");
    }
}
