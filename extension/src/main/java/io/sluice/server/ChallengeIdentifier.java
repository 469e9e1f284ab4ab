package io.sluice.server;

import java.net.IDN;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What an authority validates: a domain name or an IP address.
 *
 * @param text the name in ASCII and lower case, or the address
 * @param serverName the name that the authority's client requests
 * @param type the type of the name in a certificate (RFC 5280, 4.2.1.6)
 */
record ChallengeIdentifier(String text, String serverName, int type) {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private static final String ACME_IDENTIFIER = "1.3.6.1.5.5.7.1.31";
    private static final String RULE = "RFC 8737 requires exactly one name, that of the challenge, and the critical"
            + " extension acmeIdentifier. Let an ACME library make the certificate";

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern DOMAIN =
            Pattern.compile("[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*");

    static ChallengeIdentifier of(String identifier) {
        try {
            return IPV4.matcher(identifier).matches() || identifier.indexOf(':') >= 0
                    ? ofAddress(InetAddress.getByName(identifier))
                    : ofDomain(identifier);
        } catch (UnknownHostException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + identifier
                            + "' is not a domain name or an IP address that tls-alpn-01 can validate. Pass one,"
                            + " without a wildcard and without a port",
                    e);
        }
    }

    private static ChallengeIdentifier ofDomain(String domain) {
        String absolute = IDN.toASCII(domain).toLowerCase(Locale.ROOT);
        String name = absolute.endsWith(".") ? absolute.substring(0, absolute.length() - 1) : absolute;
        if (!DOMAIN.matcher(name).matches()) {
            throw new IllegalArgumentException("not a domain name");
        }
        return new ChallengeIdentifier(name, name, DNS_NAME);
    }

    /** RFC 8738, 6: the client requests the name of the reverse mapping. */
    private static ChallengeIdentifier ofAddress(InetAddress address) {
        byte[] bytes = address.getAddress();
        StringBuilder name = new StringBuilder();
        for (int i = bytes.length - 1; i >= 0; i--) {
            int value = bytes[i] & 0xff;
            if (address instanceof Inet4Address) {
                name.append(value).append('.');
            } else {
                name.append(Integer.toHexString(value & 15)).append('.');
                name.append(Integer.toHexString(value >> 4)).append('.');
            }
        }
        name.append(address instanceof Inet4Address ? "in-addr.arpa" : "ip6.arpa");
        return new ChallengeIdentifier(address.getHostAddress(), name.toString(), IP_ADDRESS);
    }

    /** Rejects a certificate that the authority would reject. */
    void requireCertificate(X509Certificate certificate, PrivateKey key) {
        if (!isOnlyNameOf(certificate)) {
            throw new IllegalArgumentException(
                    "the certificate of the challenge for " + text + " has other names. " + RULE);
        }
        if (certificate.getCriticalExtensionOIDs() == null
                || !certificate.getCriticalExtensionOIDs().contains(ACME_IDENTIFIER)) {
            throw new IllegalArgumentException("the certificate of the challenge for " + text
                    + " lacks the critical extension acmeIdentifier. " + RULE);
        }
        if (!belongTogether(certificate, key)) {
            throw new IllegalArgumentException("the key does not belong to the certificate of the challenge for " + text
                    + ". Pass its private key");
        }
    }

    private boolean isOnlyNameOf(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names != null
                    && names.size() == 1
                    && names.stream().allMatch(name -> name.get(0).equals(type) && isSame(name.get(1)));
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private boolean isSame(Object name) {
        try {
            return type == DNS_NAME
                    ? text.equalsIgnoreCase(String.valueOf(name))
                    : InetAddress.getByName(String.valueOf(name))
                            .getHostAddress()
                            .equals(text);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean belongTogether(X509Certificate certificate, PrivateKey key) {
        String algorithm = certificate.getPublicKey().getAlgorithm();
        byte[] message = certificate.getSerialNumber().toByteArray();
        try {
            Signature signature = Signature.getInstance(
                    algorithm.equals("EC") || algorithm.equals("RSA")
                            ? "SHA256with" + algorithm.replace("EC", "ECDSA")
                            : algorithm);
            signature.initSign(key);
            signature.update(message);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(message);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
