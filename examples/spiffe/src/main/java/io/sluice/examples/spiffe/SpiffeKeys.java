package io.sluice.examples.spiffe;

import io.sluice.context.KeyMaterial;
import io.sluice.context.KeyMaterialSource;
import io.sluice.context.SslContext;
import io.spiffe.svid.x509svid.X509Svid;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** The key of the context {@code mesh}: that of this workload. */
@ApplicationScoped
@SslContext("mesh")
public class SpiffeKeys implements KeyMaterialSource {

    @Inject
    WorkloadIdentity identity;

    @Override
    public List<KeyMaterial> keys() {
        X509Svid svid = identity.getX509Svid();
        return List.of(new KeyMaterial(svid.getSpiffeId().toString(), svid.getPrivateKey(), svid.getChain()));
    }

    @Override
    public void onChange(Runnable changed) {
        identity.onChange(changed);
    }
}
