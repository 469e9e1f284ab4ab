package io.sluice.benchmarks;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Extension;

/** Takes the time that the other extensions spend once all beans are validated: there the contexts are loaded. */
final class PhaseClock implements Extension {

    private long began;
    private long loading;

    void first(@Observes @Priority(1) AfterDeploymentValidation event) {
        began = System.nanoTime();
    }

    void last(@Observes @Priority(10_000) AfterDeploymentValidation event) {
        loading = System.nanoTime() - began;
    }

    double loadingMillis() {
        return loading / 1e6;
    }
}
