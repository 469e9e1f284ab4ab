package io.sluice.examples.acme;

import io.sluice.server.TlsAlpnChallenges;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Optional;
import org.shredzone.acme4j.Account;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Challenge;
import org.shredzone.acme4j.challenge.TlsAlpn01Challenge;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.util.KeyPairUtils;

/** One order (RFC 8555, 7.4): the account, a challenge for each name that is not validated yet, and the certificate. */
final class CertificateOrder {

    private static final int RSA_BITS = 2048;
    private static final String UNREACHED = "It has not reached this port. The address of the name must lead to this"
            + " machine, and port 443 there to the endpoint's port";

    private final AcmeSettings settings;
    private final TlsAlpnChallenges challenges;

    CertificateOrder(AcmeSettings settings, TlsAlpnChallenges challenges) {
        this.settings = settings;
        this.challenges = challenges;
    }

    /**
     * Obtains a certificate with a new key.
     *
     * @throws AcmeException if the server refuses it; the message says what to do if that is known
     */
    CertifiedKey obtain(Session session, KeyPair accountKey)
            throws AcmeException, InterruptedException, GeneralSecurityException, IOException {
        Order order = account(session, accountKey)
                .newOrder()
                .domains(settings.domains)
                .create();
        for (Authorization authorization : order.getAuthorizations()) {
            if (authorization.getStatus() == Status.PENDING) {
                prove(authorization);
            }
        }
        order.waitUntilReady(settings.orderTimeout);
        return issued(order);
    }

    private Account account(Session session, KeyPair accountKey) throws AcmeException {
        if (!settings.termsAgreed) {
            throw new AcmeException("the authority requires agreement to its terms"
                    + session.getMetadata()
                            .getTermsOfService()
                            .map(terms -> " (" + terms + ")")
                            .orElse("")
                    + ". If you agree, set acme.terms-agreed=true");
        }
        AccountBuilder builder = new AccountBuilder().agreeToTermsOfService().useKeyPair(accountKey);
        settings.contact.ifPresent(builder::addContact);
        return builder.create(session); // The account of this key, if there is one.
    }

    private void prove(Authorization authorization) throws AcmeException, InterruptedException {
        String name = authorization.getIdentifier().getDomain();
        TlsAlpn01Challenge challenge = authorization
                .findChallenge(TlsAlpn01Challenge.class)
                .orElseThrow(() -> new AcmeException("the authority offers no challenge " + TlsAlpn01Challenge.TYPE
                        + " for " + name + ". A certificate for it cannot be obtained on this port"));
        KeyPair key = KeyPairUtils.createKeyPair(RSA_BITS); // acme4j signs such a certificate with RSA only.
        X509Certificate answer = challenge.createCertificate(key, authorization.getIdentifier());
        try (TlsAlpnChallenges.Challenge open = challenges.open(name, answer, key.getPrivate())) {
            challenge.trigger();
            if (authorization.waitForCompletion(settings.orderTimeout) != Status.VALID) {
                throw new AcmeException(
                        "the authority could not validate " + name + " (" + reason(authorization) + "). "
                                + (open.answers() == 0
                                        ? UNREACHED
                                        : "It has reached this port, so another machine answered too"));
            }
        }
    }

    private static String reason(Authorization authorization) {
        return authorization.getChallenges().stream()
                .map(Challenge::getError)
                .flatMap(Optional::stream)
                .map(Problem::toString)
                .findFirst()
                .orElse("it does not say why");
    }

    private CertifiedKey issued(Order order) throws AcmeException, InterruptedException, GeneralSecurityException {
        KeyPair key = newKey();
        order.execute(key);
        if (order.waitForCompletion(settings.orderTimeout) != Status.VALID) {
            throw new AcmeException("the authority refused the order: "
                    + order.getError().map(Problem::toString).orElse("it does not say why"));
        }
        return new CertifiedKey(key.getPrivate(), order.getCertificate().getCertificateChain());
    }

    private static KeyPair newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }
}
