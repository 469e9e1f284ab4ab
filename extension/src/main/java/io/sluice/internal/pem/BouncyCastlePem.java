package io.sluice.internal.pem;

import io.sluice.internal.pem.PemException.Fault;
import java.io.IOException;
import java.io.StringReader;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.util.TreeSet;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.EncryptionException;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.bc.BcPEMDecryptorProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;

/**
 * Parses private keys with BouncyCastle: PKCS#8, PKCS#1 and SEC1, encrypted or not. This class is loaded only when a PEM key is read,
 * because BouncyCastle is optional. It registers no provider, and returns the JDK's own key objects.
 */
public final class BouncyCastlePem {

    private BouncyCastlePem() {}

    public static PrivateKey privateKey(String text, char[] password) throws PemException {
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            TreeSet<String> others = new TreeSet<>();
            for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
                PrivateKeyInfo key = key(object, password);
                if (key != null) {
                    return jdkKey(key);
                }
                others.add(
                        object instanceof X509CertificateHolder
                                ? "CERTIFICATE"
                                : object.getClass().getSimpleName());
            }
            throw new PemException(Fault.NO_KEY, others.isEmpty() ? "" : ", but " + String.join(", ", others), null);
        } catch (IOException | RuntimeException e) {
            throw new PemException(Fault.DAMAGED, "", e);
        }
    }

    private static @Nullable PrivateKeyInfo key(Object object, char[] password) throws PemException {
        if (object instanceof PrivateKeyInfo info) {
            return info;
        }
        if (object instanceof PEMKeyPair pair) {
            return pair.getPrivateKeyInfo();
        }
        if (object instanceof PEMEncryptedKeyPair || object instanceof PKCS8EncryptedPrivateKeyInfo) {
            if (password.length == 0) {
                throw new PemException(Fault.NO_PASSWORD, "", null);
            }
            return decrypt(object, password);
        }
        return null;
    }

    private static PrivateKeyInfo decrypt(Object object, char[] password) throws PemException {
        try {
            if (object instanceof PEMEncryptedKeyPair pair) {
                return pair.decryptKeyPair(new BcPEMDecryptorProvider(password)).getPrivateKeyInfo();
            }
            return ((PKCS8EncryptedPrivateKeyInfo) object)
                    .decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                            .setProvider(new BouncyCastleProvider())
                            .build(password));
        } catch (IOException | PKCSException | OperatorCreationException | RuntimeException e) {
            throw new PemException(isUnsupported(e) ? Fault.UNKNOWN_ENCRYPTION : Fault.WRONG_PASSWORD, "", e);
        }
    }

    /** The traditional decryptor reports an unknown algorithm without a cause, the PKCS#8 decryptor by an IllegalStateException. */
    private static boolean isUnsupported(Exception thrown) {
        if (thrown instanceof EncryptionException && thrown.getCause() == null) {
            return true;
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof OperatorCreationException
                    || cause instanceof NoSuchAlgorithmException
                    || cause instanceof IllegalStateException) {
                return true;
            }
        }
        return false;
    }

    /** The converter maps algorithms to the JDK's names, because not every key factory knows the object identifiers. */
    private static PrivateKey jdkKey(PrivateKeyInfo info) throws PemException {
        try {
            return new JcaPEMKeyConverter().getPrivateKey(info);
        } catch (PEMException e) {
            String algorithm = info.getPrivateKeyAlgorithm().getAlgorithm().getId();
            throw new PemException(Fault.DAMAGED, " (algorithm " + algorithm + ")", e);
        }
    }
}
