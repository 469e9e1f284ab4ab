package io.sluice.internal.material;

import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.pkcs.PKCS12PfxPdu;
import org.bouncycastle.pkcs.PKCS12SafeBagFactory;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEInputDecryptorProviderBuilder;
import org.jspecify.annotations.Nullable;

/** Inspects a PKCS12 store (RFC 7292) with BouncyCastle, beyond what the JDK shows. For messages only. */
final class BouncyCastlePkcs12 {

    private BouncyCastlePkcs12() {}

    /** Counts the certificates, encrypted ones only if there is a password. Returns 0 if the store cannot be parsed. */
    static int certificates(byte[] store, char @Nullable [] password) {
        int count = 0;
        try {
            for (ContentInfo info : new PKCS12PfxPdu(store).getContentInfos()) {
                boolean encrypted = info.getContentType().equals(PKCSObjectIdentifiers.encryptedData);
                if (!encrypted || password != null) {
                    count += certificates(info, encrypted ? password : null);
                }
            }
        } catch (IOException | PKCSException | RuntimeException e) {
            return count;
        }
        return count;
    }

    private static int certificates(ContentInfo info, char @Nullable [] password) throws PKCSException {
        PKCS12SafeBagFactory bags = password == null
                ? new PKCS12SafeBagFactory(info)
                : new PKCS12SafeBagFactory(
                        info,
                        new JcePKCSPBEInputDecryptorProviderBuilder()
                                .setProvider(new BouncyCastleProvider())
                                .build(password));
        return (int) Arrays.stream(bags.getSafeBags())
                .filter(bag -> bag.getType().equals(PKCSObjectIdentifiers.certBag))
                .count();
    }
}
