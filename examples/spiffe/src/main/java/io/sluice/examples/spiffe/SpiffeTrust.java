package io.sluice.examples.spiffe;

import io.sluice.context.SslContext;
import io.sluice.context.TrustMaterialSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;

/**
 * The trust of the context {@code mesh}: the authorities of all trust domains that the Workload API names. {@link PeerRules} verifies that a
 * peer's certificate is from an authority of its own domain.
 */
@ApplicationScoped
@SslContext("mesh")
public class SpiffeTrust implements TrustMaterialSource {

    @Inject
    WorkloadIdentity identity;

    @Override
    public Collection<X509Certificate> certificates() {
        List<X509Certificate> authorities = identity.bundles().getBundles().values().stream()
                .flatMap(bundle -> bundle.getX509Authorities().stream())
                .distinct()
                .toList();
        if (authorities.isEmpty()) {
            throw new IllegalStateException(
                    "the SPIFFE Workload API names no authority. Check the bundle of the trust domain");
        }
        return authorities;
    }

    @Override
    public void onChange(Runnable changed) {
        identity.onChange(changed);
    }
}
