package io.sluice.it.server.app;

import io.sluice.context.SslContext;
import io.sluice.context.SslContexts;
import io.sluice.context.TrustMaterialSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Supplies the trust of a context, and says that it has changed from a thread that knows nothing of the application. */
@ApplicationScoped
@SslContext("supplied")
@CheckName("signal")
public class SuppliedTrust implements TrustMaterialSource, Check {

    @Inject
    SslContexts contexts;

    private volatile Runnable changed = () -> {};

    @Override
    public void onChange(Runnable action) {
        changed = action;
    }

    /** The trust of a context that follows its files. */
    @Override
    public Collection<X509Certificate> certificates() {
        return List.of(contexts.describe("web").keys().get(0).chain().get(0).certificate());
    }

    @Override
    public String run(Map<String, String> parameters) throws InterruptedException {
        contexts.get("supplied").parameters();
        Thread thread = new Thread(changed, "of another library");
        thread.setContextClassLoader(null);
        thread.start();
        thread.join();
        return "signalled";
    }
}
