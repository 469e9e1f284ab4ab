package io.sluice.internal.material;

import io.sluice.internal.settings.FilesRead;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The authorities that the JDK trusts (JSSE Reference Guide, "The Default TrustManagerFactory"). */
final class JdkTrust {

    private static final String NO_STORE = "NONE";

    private JdkTrust() {}

    static List<X509Certificate> certificates() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                .toList();
    }

    /** Records the store that the JDK reads: that of the system property, else jssecacerts, else cacerts. */
    static void recordFiles(FilesRead files) {
        String named = System.getProperty("javax.net.ssl.trustStore", "");
        if (named.equals(NO_STORE)) {
            return;
        }
        if (!named.isEmpty()) {
            files.file(Path.of(named));
            return;
        }
        Path directory = Path.of(System.getProperty("java.home"), "lib", "security");
        Path first = directory.resolve("jssecacerts");
        files.file(first);
        if (!Files.exists(first)) {
            files.file(directory.resolve("cacerts"));
        }
    }
}
