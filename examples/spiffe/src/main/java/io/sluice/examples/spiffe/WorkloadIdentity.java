package io.sluice.examples.spiffe;

import io.spiffe.bundle.x509bundle.X509Bundle;
import io.spiffe.bundle.x509bundle.X509BundleSet;
import io.spiffe.exception.BundleNotFoundException;
import io.spiffe.exception.SocketEndpointAddressException;
import io.spiffe.spiffeid.TrustDomain;
import io.spiffe.svid.x509svid.X509Svid;
import io.spiffe.workloadapi.DefaultWorkloadApiClient;
import io.spiffe.workloadapi.DefaultWorkloadApiClient.ClientOptions;
import io.spiffe.workloadapi.Watcher;
import io.spiffe.workloadapi.WorkloadApiClient;
import io.spiffe.workloadapi.X509Context;
import io.spiffe.workloadapi.X509Source;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
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

    private static final Logger LOG = System.getLogger(WorkloadIdentity.class.getName());
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final CountDownLatch answered = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> new Thread(work, "spiffe"));
    private volatile State state = new State(null, "");
    private Instant deadline = Instant.MAX;
    private @Nullable WorkloadApiClient client;

    @Inject
    @ConfigProperty(name = "spiffe.socket")
    Optional<String> socket;

    @Inject
    @ConfigProperty(name = "spiffe.start-timeout")
    Duration startTimeout;

    /** What the Workload API said last: an identity, or why there will be none. */
    private record State(@Nullable X509Context context, String failure) {}

    private final class Updates implements Watcher<X509Context> {

        @Override
        public void onUpdate(X509Context update) {
            LOG.log(
                    Level.INFO,
                    "the SPIFFE ID of this workload is "
                            + update.getDefaultSvid().getSpiffeId());
            become(new State(update, ""));
        }

        /** The client tries again after most errors, and does not report these. */
        @Override
        public void onError(Throwable failure) {
            Throwable reason = failure.getCause() == null ? failure : failure.getCause();
            LOG.log(Level.WARNING, "the Workload API gives this workload no identity: " + reason.getMessage());
            become(new State(null, String.valueOf(reason.getMessage())));
        }

        private void become(State next) {
            state = next;
            answered.countDown();
            listeners.forEach(Runnable::run);
        }
    }

    @PostConstruct
    void watch() throws SocketEndpointAddressException {
        ClientOptions options = ClientOptions.builder()
                .spiffeSocketPath(socket.orElse(null))
                .executorService(threads)
                .build();
        deadline = Instant.now().plus(startTimeout);
        WorkloadApiClient opened = DefaultWorkloadApiClient.newClient(options);
        client = opened;
        opened.watchX509Context(new Updates());
    }

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
        try {
            answered.await(Duration.between(Instant.now(), deadline).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        State known = state;
        if (known.context == null) {
            throw new IllegalStateException("the SPIFFE Workload API at "
                    + socket.orElse("the address in SPIFFE_ENDPOINT_SOCKET") + " gives this workload no identity"
                    + (known.failure.isEmpty() ? " within " + startTimeout.toSeconds() + " s" : ": " + known.failure)
                    + ". Check that the agent runs, that spiffe.socket names its socket (unix:/path), and that the"
                    + " workload is registered");
        }
        return known.context;
    }

    @Override
    @PreDestroy
    public void close() throws IOException {
        listeners.clear();
        WorkloadApiClient opened = client;
        if (opened != null) {
            opened.close();
        }
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(Level.WARNING, "threads of the Workload API's client are still running");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
