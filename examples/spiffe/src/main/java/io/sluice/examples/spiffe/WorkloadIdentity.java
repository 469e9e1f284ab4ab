package io.sluice.examples.spiffe;

import io.spiffe.bundle.x509bundle.X509Bundle;
import io.spiffe.bundle.x509bundle.X509BundleSet;
import io.spiffe.exception.BundleNotFoundException;
import io.spiffe.spiffeid.TrustDomain;
import io.spiffe.svid.x509svid.X509Svid;
import io.spiffe.workloadapi.X509Context;
import io.spiffe.workloadapi.X509Source;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * This workload's identity (SVID) and the certificates of the trust domains (bundles), as the Workload API streams them. It is an {@link
 * X509Source} that says when it changes, which java-spiffe's own does not.
 *
 * <p>It fails closed: without an identity from the Workload API there is neither a key nor trust. If the Workload API gives no new identity, the
 * last one lasts until it expires, usually within an hour.
 */
@ApplicationScoped
public class WorkloadIdentity implements X509Source {

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private @Nullable WorkloadApiWatch watch;
    private String failure = "";
    private Instant failedUntil = Instant.MIN;
    private boolean closed;
    private volatile @Nullable X509Context identity;

    @Inject
    @ConfigProperty(name = "spiffe.socket")
    Optional<String> socket;

    @Inject
    @ConfigProperty(name = "spiffe.start-timeout")
    Duration startTimeout;

    /** Runs an action after each change, on a thread of the Workload API's client. */
    public void onChange(Runnable changed) {
        listeners.add(changed);
    }

    /**
     * This workload's key and certificates.
     *
     * @throws IllegalStateException if the Workload API does not give them within the start timeout
     */
    @Override
    public X509Svid getX509Svid() {
        return current().getDefaultSvid();
    }

    /**
     * The certificates of a trust domain.
     *
     * @throws IllegalStateException if the Workload API does not give them within the start timeout
     */
    @Override
    public X509Bundle getBundleForTrustDomain(TrustDomain trustDomain) throws BundleNotFoundException {
        return bundles().getBundleForTrustDomain(trustDomain);
    }

    /** The certificates of all trust domains, of this workload's own and of federated ones. */
    public X509BundleSet bundles() {
        return current().getX509BundleSet();
    }

    private X509Context current() {
        X509Context known = identity;
        return known != null ? known : firstIdentity();
    }

    /** If there is none, nothing is left open: a deployment may fail for that, and CDI destroys no beans then. */
    private synchronized X509Context firstIdentity() {
        if (closed) {
            throw new IllegalStateException("the application has stopped");
        }
        if (Instant.now().isBefore(failedUntil)) {
            throw new IllegalStateException(failure); // The trust is asked for after the keys, and need not wait again.
        }
        WorkloadApiWatch opened = watch;
        if (opened == null) {
            opened = new WorkloadApiWatch(socket, this::become);
            watch = opened;
        }
        try {
            return opened.first(startTimeout);
        } catch (IllegalStateException e) {
            watch = null;
            opened.close();
            failure = String.valueOf(e.getMessage());
            failedUntil = Instant.now().plus(startTimeout);
            throw e;
        }
    }

    private void become(@Nullable X509Context next) {
        identity = next;
        listeners.forEach(Runnable::run);
    }

    @Override
    @PreDestroy
    public synchronized void close() {
        closed = true;
        listeners.clear();
        if (watch != null) {
            watch.close();
        }
    }
}
