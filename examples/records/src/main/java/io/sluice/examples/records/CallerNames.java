package io.sluice.examples.records;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** The names in a certificate: its DNS names, or the common name of its subject if it has none (RFC 6125). */
final class CallerNames {

    private static final Integer DNS_NAME = 2;

    private CallerNames() {}

    static Set<String> of(X509Certificate certificate) {
        Set<String> names = new TreeSet<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                alternatives.stream()
                        .filter(name -> DNS_NAME.equals(name.get(0)))
                        .forEach(name -> names.add((String) name.get(1)));
            }
            if (names.isEmpty()) {
                new LdapName(certificate.getSubjectX500Principal().getName())
                        .getRdns().stream()
                                .filter(part -> part.getType().equalsIgnoreCase("CN"))
                                .map(Rdn::getValue)
                                .forEach(name -> names.add(name.toString()));
            }
            return names;
        } catch (CertificateParsingException | InvalidNameException e) {
            return Set.of(); // Without a name there are no rights.
        }
    }
}
