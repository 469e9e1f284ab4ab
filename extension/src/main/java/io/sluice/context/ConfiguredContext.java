package io.sluice.context;

import io.sluice.context.material.ContextSettings;
import io.sluice.context.material.Material;
import io.sluice.context.material.Problems;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** A context whose keys and trust are configured; reads the material anew at each load. */
final class ConfiguredContext implements ContextSource {

    private final ContextSettings settings;

    ConfiguredContext(ContextSettings settings) {
        this.settings = settings;
    }

    @Override
    public LoadedContext load() throws SslContextException {
        Problems problems = new Problems();
        Optional<Material> material = Material.read(settings, problems);
        SSLContext context = context(material);
        ParameterChecks.check(settings.parameters(), context, problems);
        if (problems.hasErrors()) {
            throw new SslContextException(description(), problems.errors());
        }
        return LoadedContext.of(context, EngineParameters.modern(context).with(settings.parameters()), serverKey())
                .with(TlsTimeouts.DEFAULT.with(settings.parameters()))
                .with(problems.warnings());
    }

    /** Without material there are problems; the context then only serves to check the parameters as well. */
    private SSLContext context(Optional<Material> material) throws SslContextException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    material.map(Material::keyManagers).orElse(null),
                    material.map(Material::trustManagers).orElse(null),
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw SslCauses.wrap(description() + " cannot be made", e);
        }
    }

    private ServerKey serverKey() {
        return settings.keyStore().isPresent()
                ? ServerKey.assumed()
                : ServerKey.missing("set " + settings.property("key-store.p12.path") + " and .password, or "
                        + settings.property("key-store.pem.0.cert") + " and .key");
    }

    private String description() {
        return "context '" + settings.name() + "'";
    }
}
