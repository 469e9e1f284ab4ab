package io.sluice.examples.spiffe;

import io.sluice.context.SslContext;
import io.sluice.context.callback.PeerCertificates;
import io.sluice.context.callback.VerifyCallback;
import io.spiffe.exception.BundleNotFoundException;
import io.spiffe.spiffeid.SpiffeId;
import io.spiffe.svid.x509svid.X509SvidValidator;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Decides about the peers of the context {@code mesh}, on both sides: a peer needs a certificate of its own trust domain, and its SPIFFE ID must
 * be in {@code spiffe.peers}. This takes the place of the host name (SPIFFE X.509-SVID, 5.2).
 */
@ApplicationScoped
@SslContext("mesh")
public class PeerRules implements VerifyCallback {

    @Inject
    WorkloadIdentity identity;

    @Inject
    @ConfigProperty(name = "spiffe.peers")
    List<String> peers;

    private Set<SpiffeId> accepted = Set.of();

    @PostConstruct
    void parse() {
        accepted = peers.stream().map(SpiffeId::parse).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean accepts(PeerCertificates peer) throws CertificateException {
        if (peer.objection().isPresent()) {
            return false;
        }
        try {
            X509SvidValidator.verifyChain(peer.chain(), identity);
        } catch (BundleNotFoundException e) {
            throw new CertificateException("the peer is of a trust domain that the Workload API does not know", e);
        } catch (IllegalStateException e) {
            throw new CertificateException(e.getMessage(), e);
        }
        X509SvidValidator.verifySpiffeId(peer.chain().get(0), () -> accepted);
        return true;
    }
}
