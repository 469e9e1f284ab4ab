package io.sluice.internal.material;

import io.sluice.internal.settings.ClientAuth;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.RevocationSettings;
import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.TrustStoreSettings;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Reads and checks the trust of a context. */
final class TrustReader {

    private static final String KEY = "trust-store";

    private TrustReader() {}

    /** Returns the trust managers. After a reported problem they trust no one. */
    static TrustManager[] read(ContextSettings settings, PasswordSource passwords, Problems problems) {
        TrustStoreSettings trust = settings.trustStore();
        try {
            if (trust instanceof TrustStoreSettings.Jdk jdk) {
                warnOfPublicAuthorities(settings, jdk, problems);
                return settings.revocation().kind() == RevocationSettings.Kind.NONE
                        ? managers(null)
                        : managers(inMemory(jdk()), settings.revocation(), problems);
            }
            if (trust instanceof TrustStoreSettings.All all) {
                problems.warn(
                        all.setting(),
                        "THIS CONTEXT TRUSTS EVERYONE: certificates and host names are not checked,"
                                + " so anyone on the network path can read and change all data",
                        "Use it for tests only. Otherwise name the certificates to trust with "
                                + settings.property("trust-store.pem.certs"));
                return new TrustManager[] {new TrustAllManager()};
            }
            return managers(store(trust, passwords, problems), settings.revocation(), problems);
        } catch (GeneralSecurityException | IOException e) {
            problems.error(Problem.unset(
                    settings.property(KEY),
                    "the trust managers cannot be created (" + e.getMessage() + ")",
                    "Check the JVM's security providers and the system property javax.net.ssl.trustStore"));
            return new TrustManager[0];
        }
    }

    /** Public authorities are right for clients, but rarely intended for a server. */
    private static void warnOfPublicAuthorities(
            ContextSettings settings, TrustStoreSettings.Jdk jdk, Problems problems) {
        boolean asks = settings.parameters()
                .clientAuth()
                .filter(auth -> auth != ClientAuth.NONE)
                .isPresent();
        if (asks && jdk.setting().isEmpty()) {
            problems.warn(Problem.unset(
                    settings.property("trust-store.pem.certs"),
                    "clients are asked for a certificate, and certificates of every public authority are accepted",
                    "Name the certificates to trust, or set " + settings.property("trust-store.jdk")
                            + "=true if this is intended"));
        }
    }

    private static KeyStore store(TrustStoreSettings trust, PasswordSource passwords, Problems problems)
            throws GeneralSecurityException, IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        boolean includeDefault;
        if (trust instanceof TrustStoreSettings.Pem pem) {
            certificates.addAll(pem(pem.certificates(), problems));
            includeDefault = pem.includeDefault();
        } else {
            TrustStoreSettings.Store stored = (TrustStoreSettings.Store) trust;
            certificates.addAll(StoreReader.trusted(stored.store(), passwords, problems));
            includeDefault = stored.includeDefault();
        }
        if (includeDefault) {
            certificates.addAll(jdk());
        }
        return inMemory(certificates);
    }

    private static List<X509Certificate> pem(Setting setting, Problems problems) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (String element : setting.list()) {
            List<X509Certificate> read = CertificateReader.read(setting.element(element), problems);
            KeyChecks.checkValidity(read, setting, problems);
            certificates.addAll(read);
        }
        if (setting.list().isEmpty()) {
            problems.error(setting, "the list is empty", "Name at least one PEM file");
        }
        return certificates;
    }

    private static List<X509Certificate> jdk() throws GeneralSecurityException {
        return Arrays.stream(managers(null))
                .filter(X509TrustManager.class::isInstance)
                .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                .toList();
    }

    private static KeyStore inMemory(List<X509Certificate> certificates) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry(Integer.toString(i), certificates.get(i));
        }
        return store;
    }

    /** Returns no manager after a reported problem, because PKIX parameters need an anchor. */
    private static TrustManager[] managers(KeyStore store, RevocationSettings revocation, Problems problems)
            throws GeneralSecurityException {
        if (revocation.kind() == RevocationSettings.Kind.NONE) {
            return managers(store);
        }
        List<X509CRL> lists = RevocationChecker.lists(revocation, problems);
        if (problems.hasErrors()) {
            return new TrustManager[0];
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(RevocationChecker.parameters(store, revocation.kind(), lists));
        return factory.getTrustManagers();
    }

    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
