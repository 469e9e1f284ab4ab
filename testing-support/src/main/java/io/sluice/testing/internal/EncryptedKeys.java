package io.sluice.testing.internal;

import java.io.IOException;
import java.io.StringWriter;
import java.security.PrivateKey;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;

/** Encrypts private keys. */
public final class EncryptedKeys {
    private EncryptedKeys() {}

    /** Returns a key as PEM text: PKCS#8, encrypted with AES-256. */
    public static String pkcs8(PrivateKey key, String password) {
        try (StringWriter text = new StringWriter();
                JcaPEMWriter writer = new JcaPEMWriter(text)) {
            JceOpenSSLPKCS8EncryptorBuilder encryptor = new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC);
            encryptor.setProvider(new BouncyCastleProvider());
            encryptor.setPassword(password.toCharArray());
            writer.writeObject(new JcaPKCS8Generator(key, encryptor.build()));
            writer.flush();
            return text.toString();
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }
}
