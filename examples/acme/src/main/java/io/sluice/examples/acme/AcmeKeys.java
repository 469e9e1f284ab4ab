package io.sluice.examples.acme;

import io.sluice.context.KeyMaterial;
import io.sluice.context.KeyMaterialSource;
import io.sluice.context.SslContext;
import io.sluice.examples.provision.Identity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;

/**
 * The key of the context {@code clock}: the certificate in the folder. Until the first one has been obtained it is self-signed, so that the
 * port can be opened, over which the authority validates the names. No client trusts that certificate.
 */
@ApplicationScoped
@SslContext("clock")
public class AcmeKeys implements KeyMaterialSource {

    @Inject
    AcmeSettings settings;

    private volatile Runnable changed = () -> {};

    @Override
    public List<KeyMaterial> keys() throws IOException, GeneralSecurityException {
        Optional<CertifiedKey> kept = new AcmeFolder(settings.folder).certificate();
        CertifiedKey current = kept.isPresent() ? kept.get() : selfSigned();
        return List.of(new KeyMaterial("acme", current.key(), current.chain()));
    }

    private CertifiedKey selfSigned() throws IOException, GeneralSecurityException {
        Identity made = Identity.selfSigned(settings.domains.get(0));
        return CertifiedKey.parse(made.certificate() + made.key());
    }

    @Override
    public void onChange(Runnable changed) {
        this.changed = changed;
    }

    /** To be called after another certificate has been stored. */
    void renewed() {
        changed.run();
    }
}
