package io.sluice.internal.material;

import io.sluice.internal.pem.PemBlock;
import io.sluice.internal.pem.PemKind;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.RevocationSettings;
import io.sluice.internal.settings.Setting;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CRLException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.PKIXRevocationChecker.Option;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.CertPathTrustManagerParameters;

/**
 * The JDK's revocation checking (RFC 5280, 6.3, and RFC 6960). Unless the settings say otherwise, it fails closed: a
 * certificate whose status cannot be determined is rejected.
 */
final class RevocationChecker {

    private RevocationChecker() {}

    /** Returns the lists, or none after reporting a problem. */
    static List<Sourced<X509CRL>> lists(RevocationSettings settings, MaterialReading reading) {
        List<Sourced<X509CRL>> lists = new ArrayList<>();
        settings.lists().ifPresent(setting -> {
            if (setting.list().isEmpty()) {
                reading.problems().error(setting, "the list is empty", "Name at least one file");
            }
            for (String element : setting.list()) {
                Setting named = setting.element(element);
                read(named, settings, reading).forEach(list -> lists.add(Sourced.of(list, named)));
            }
        });
        return lists;
    }

    private static List<X509CRL> read(Setting setting, RevocationSettings settings, MaterialReading reading) {
        Problems problems = reading.problems();
        List<PemBlock> blocks = PemObjects.read(setting, PemKind.REVOCATION_LIST, reading);
        List<X509CRL> lists = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            try {
                byte[] der = blocks.get(i).der();
                lists.add((X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der)));
            } catch (CRLException | CertificateException | IllegalArgumentException e) {
                String which = PemObjects.which(i, blocks.size());
                problems.error(PemObjects.unreadable(setting, PemKind.REVOCATION_LIST, which));
            }
        }
        lists.forEach(list -> warnOfOutdated(list, setting, settings, problems));
        return lists.size() == blocks.size() ? lists : List.of();
    }

    private static void warnOfOutdated(X509CRL list, Setting setting, RevocationSettings settings, Problems problems) {
        if (list.getNextUpdate() != null && list.getNextUpdate().toInstant().isBefore(Instant.now())) {
            problems.warn(
                    setting,
                    "the revocation list of '" + list.getIssuerX500Principal() + "' has been out of date since "
                            + list.getNextUpdate().toInstant() + ", so " + effectOfOutdated(settings),
                    "Fetch the new list");
        }
    }

    private static String effectOfOutdated(RevocationSettings settings) {
        if (settings.softFail()) {
            return "it is not used, and a certificate that it revokes may be accepted";
        }
        return settings.kind() == RevocationSettings.Kind.OCSP
                ? "a certificate of that issuer is rejected unless its OCSP responder answers"
                : "every certificate of that issuer is rejected";
    }

    static CertPathTrustManagerParameters parameters(KeyStore trusted, RevocationSettings settings, List<X509CRL> lists)
            throws GeneralSecurityException {
        PKIXRevocationChecker checker =
                (PKIXRevocationChecker) CertPathBuilder.getInstance("PKIX").getRevocationChecker();
        checker.setOptions(options(settings, lists));
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(trusted, new X509CertSelector());
        parameters.addCertPathChecker(checker);
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists)));
        return new CertPathTrustManagerParameters(parameters);
    }

    private static Set<Option> options(RevocationSettings settings, List<X509CRL> lists) {
        Set<Option> options = EnumSet.noneOf(Option.class);
        if (settings.kind() == RevocationSettings.Kind.CRL) {
            options.add(Option.PREFER_CRLS);
        }
        if (settings.kind() == RevocationSettings.Kind.CRL || lists.isEmpty()) {
            options.add(Option.NO_FALLBACK);
        }
        if (settings.softFail()) {
            options.add(Option.SOFT_FAIL);
        }
        if (settings.onlyEndEntity()) {
            options.add(Option.ONLY_END_ENTITY);
        }
        return options;
    }
}
