package io.sluice.it.server.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Lets the waiting task continue, and returns what it counted then. */
@ApplicationScoped
@Default
@CheckName("late")
public class LateCheck implements Check {

    private final CompletableFuture<Void> told = new CompletableFuture<>();
    private final CompletableFuture<Integer> counted = new CompletableFuture<>();

    void wait(Tally tally) {
        try {
            told.get(60, TimeUnit.SECONDS);
            counted.complete(tally.next());
        } catch (Exception e) {
            counted.completeExceptionally(e);
        }
    }

    @Override
    public String run(Map<String, String> parameters) throws Exception {
        told.complete(null);
        return counted.get(20, TimeUnit.SECONDS).toString();
    }
}
