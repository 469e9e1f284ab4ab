package io.sluice.internal.material;

import io.sluice.internal.settings.ClientAuth;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.Location;
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
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Reads and checks the trust of a context. */
final class TrustReader {

    private static final String KEY = "trust-store";

    private TrustReader() {}

    /** Returns the trust. After a reported problem it trusts no one. */
    static Trust read(ContextSettings settings, SuppliedMaterial supplied, MaterialReading reading) {
        Problems problems = reading.problems();
        TrustStoreSettings trust = settings.trustStore();
        try {
            if (supplied.hasTrust()) {
                return trust(supplied.checkedTrust(reading), List.of(), settings.revocation(), reading);
            }
            if (trust instanceof TrustStoreSettings.Jdk jdk) {
                warnOfPublicAuthorities(settings, jdk, problems);
                return settings.revocation().kind() == RevocationSettings.Kind.NONE
                        ? ofJdk(jdk, reading)
                        : trust(List.of(), jdk(jdk.setting().isPresent(), reading), settings.revocation(), reading);
            }
            if (trust instanceof TrustStoreSettings.All all) {
                problems.warn(
                        all.setting(),
                        "THIS CONTEXT TRUSTS EVERYONE: certificates and host names are not checked,"
                                + " so anyone on the network path can read and change all data",
                        "Use it for tests only. Otherwise name the certificates to trust with "
                                + settings.property("trust-store.pem.certs"));
                return new Trust(List.of(new TrustAllManager()), List.of(), List.of());
            }
            return stored(trust, settings.revocation(), reading);
        } catch (GeneralSecurityException | IOException e) {
            problems.error(Problem.unset(
                    settings.property(KEY),
                    "the trust managers cannot be created (" + e.getMessage() + ")",
                    "Check the JVM's security providers and the system property javax.net.ssl.trustStore"));
            return Trust.NONE;
        }
    }

    /** Public authorities are right for clients, but rarely intended for a server. */
    private static void warnOfPublicAuthorities(
            ContextSettings settings, TrustStoreSettings.Jdk jdk, Problems problems) {
        boolean asks = settings.parameters()
                .clientAuth()
                .filter(auth -> auth != ClientAuth.NONE)
                .isPresent();
        if (jdk.setting().isEmpty()) {
            settings.allow()
                    .first()
                    .ifPresent(rule -> problems.error(
                            rule,
                            "every public authority may issue certificates with the names of the rule,"
                                    + " because no trust is configured",
                            "Name the authorities to trust with " + settings.property("trust-store.pem.certs")));
        }
        if (asks && jdk.setting().isEmpty() && settings.allow().first().isEmpty()) {
            problems.warn(Problem.unset(
                    settings.property("trust-store.pem.certs"),
                    "clients are asked for a certificate, and certificates of every public authority are accepted",
                    "Name the certificates to trust, or set " + settings.property("trust-store.jdk")
                            + "=true if this is intended"));
        }
    }

    private static Trust stored(TrustStoreSettings trust, RevocationSettings revocation, MaterialReading reading)
            throws GeneralSecurityException, IOException {
        List<Sourced<X509Certificate>> configured;
        boolean includeDefault;
        if (trust instanceof TrustStoreSettings.Pem pem) {
            configured = pem(pem.certificates(), reading);
            includeDefault = pem.includeDefault();
        } else {
            TrustStoreSettings.Store stored = (TrustStoreSettings.Store) trust;
            Setting named = stored.store().location().orElse(stored.store().type());
            configured = StoreReader.trusted(stored.store(), reading).stream()
                    .map(certificate -> Sourced.of(certificate, named))
                    .toList();
            includeDefault = stored.includeDefault();
        }
        return trust(configured, includeDefault ? jdk(true, reading) : List.of(), revocation, reading);
    }

    private static List<Sourced<X509Certificate>> pem(Setting setting, MaterialReading reading) {
        Problems problems = reading.problems();
        List<Sourced<X509Certificate>> certificates = new ArrayList<>();
        for (Setting named : files(setting, reading)) {
            List<X509Certificate> read = CertificateReader.read(named, reading);
            new ValidityCheck(reading.rotation().trust(), named, problems).check(read);
            read.forEach(certificate -> certificates.add(Sourced.of(certificate, named)));
        }
        if (setting.list().isEmpty()) {
            problems.error(setting, "the list is empty", "Name at least one PEM file");
        }
        return certificates;
    }

    /** The elements of the list, with the files of a directory in its place. */
    private static List<Setting> files(Setting setting, MaterialReading reading) {
        return setting.list().stream()
                .map(setting::element)
                .flatMap(element -> Location.directory(element)
                        .map(directory -> CertificateDirectory.files(element, directory, reading))
                        .orElse(List.of(element))
                        .stream())
                .toList();
    }

    private static Trust ofJdk(TrustStoreSettings.Jdk jdk, MaterialReading reading) throws GeneralSecurityException {
        recordFiles(jdk.setting().isPresent(), reading);
        return new Trust(managers(null), List.of(), List.of());
    }

    private static void recordFiles(boolean isConfigured, MaterialReading reading) {
        if (isConfigured) {
            JdkTrust.recordFiles(reading.files());
        }
    }

    /** The JDK's trust is followed only where it is configured: most contexts have it without a word, and it hardly ever changes. */
    private static List<X509Certificate> jdk(boolean isConfigured, MaterialReading reading)
            throws GeneralSecurityException {
        recordFiles(isConfigured, reading);
        return JdkTrust.certificates();
    }

    private static KeyStore inMemory(List<X509Certificate> certificates) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry(Integer.toString(i), certificates.get(i));
        }
        return store;
    }

    /** Returns no trust after a reported problem, because PKIX parameters need an anchor. */
    private static Trust trust(
            List<Sourced<X509Certificate>> configured,
            List<X509Certificate> jdk,
            RevocationSettings revocation,
            MaterialReading reading)
            throws GeneralSecurityException, IOException {
        KeyStore store = inMemory(Stream.concat(configured.stream().map(Sourced::object), jdk.stream())
                .toList());
        if (revocation.kind() == RevocationSettings.Kind.NONE) {
            return new Trust(managers(store), configured, List.of());
        }
        List<Sourced<X509CRL>> lists = RevocationChecker.lists(revocation, reading);
        if (reading.problems().hasErrors()) {
            return Trust.NONE;
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(RevocationChecker.parameters(
                store, revocation, lists.stream().map(Sourced::object).toList()));
        return new Trust(List.of(factory.getTrustManagers()), configured, lists);
    }

    private static List<TrustManager> managers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return List.of(factory.getTrustManagers());
    }
}
