package io.sluice.examples.spiffe;

import io.spiffe.exception.SocketEndpointAddressException;
import io.spiffe.workloadapi.DefaultWorkloadApiClient;
import io.spiffe.workloadapi.DefaultWorkloadApiClient.ClientOptions;
import io.spiffe.workloadapi.Watcher;
import io.spiffe.workloadapi.WorkloadApiClient;
import io.spiffe.workloadapi.X509Context;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Watches the Workload API at one address, on threads of its own. */
final class WorkloadApiWatch implements Closeable, Watcher<X509Context> {

    private static final Logger LOG = System.getLogger(WorkloadApiWatch.class.getName());
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final ExecutorService threads = Executors.newCachedThreadPool(WorkloadApiWatch::thread);
    private final CompletableFuture<X509Context> first = new CompletableFuture<>();
    private final Optional<String> socket;
    private final Consumer<@Nullable X509Context> become;
    private final WorkloadApiClient client;

    /**
     * Starts to watch.
     *
     * @param socket the address; empty for that in the environment
     * @param become told each new identity, or null if there will be none
     */
    WorkloadApiWatch(Optional<String> socket, Consumer<@Nullable X509Context> become) {
        this.socket = socket;
        this.become = become;
        try {
            client = DefaultWorkloadApiClient.newClient(ClientOptions.builder()
                    .spiffeSocketPath(socket.orElse(null))
                    .executorService(threads)
                    .build());
        } catch (SocketEndpointAddressException e) {
            throw unavailable(": " + e.getMessage());
        }
        client.watchX509Context(this);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "spiffe");
        thread.setDaemon(true);
        return thread;
    }

    /** Waits for the first identity. */
    X509Context first(Duration limit) {
        try {
            return first.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw unavailable(" within " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw unavailable(": " + e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(": this thread was interrupted while it waited");
        }
    }

    private IllegalStateException unavailable(String reason) {
        return new IllegalStateException(
                "the SPIFFE Workload API at " + socket.orElse("the address in SPIFFE_ENDPOINT_SOCKET")
                        + " gives this workload no identity" + reason
                        + ". Check that the agent runs, that spiffe.socket names its socket (unix:/path), and that"
                        + " the workload is registered");
    }

    @Override
    public void onUpdate(X509Context update) {
        LOG.log(
                Level.INFO,
                "the SPIFFE ID of this workload is " + update.getDefaultSvid().getSpiffeId());
        become.accept(update);
        first.complete(update);
    }

    /** The client tries again after most errors, and does not report these. */
    @Override
    public void onError(Throwable failure) {
        Throwable reason = failure.getCause() == null ? failure : failure.getCause();
        LOG.log(Level.WARNING, "the Workload API gives this workload no identity: " + reason.getMessage());
        become.accept(null);
        first.completeExceptionally(reason);
    }

    @Override
    public void close() {
        try {
            client.close();
            threads.shutdownNow();
            if (!threads.awaitTermination(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(Level.WARNING, "threads of the Workload API's client are still running");
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the Workload API's client cannot be closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
