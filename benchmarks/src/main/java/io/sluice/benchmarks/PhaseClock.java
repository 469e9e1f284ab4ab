package io.sluice.benchmarks;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Extension;

/** Takes the time that the other extensions spend once all beans are validated: there the contexts are loaded. */
final class PhaseClock implements Extension {

    private final Clock clock;
    private long began;
    private double loading;

    PhaseClock(Clock clock) {
        this.clock = clock;
    }

    void first(@Observes @Priority(1) AfterDeploymentValidation event) {
        began = clock.nanos();
    }

    void last(@Observes @Priority(10_000) AfterDeploymentValidation event) {
        loading = clock.millisSince(began);
    }

    double loadingMillis() {
        return loading;
    }
}
