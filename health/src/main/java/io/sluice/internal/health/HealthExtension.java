package io.sluice.internal.health;

import io.sluice.internal.config.SluiceConfiguration;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Adds the checks if the application can see MicroProfile Health. If it cannot, this class does nothing. No field and no method of it has a type
 * of that API, so a container can load it.
 */
public class HealthExtension implements Extension {

    private final boolean isHealthThere = isThere("org.eclipse.microprofile.health.HealthCheck");
    private volatile HealthSettings settings = HealthSettings.NONE;

    /** For the container. */
    public HealthExtension() {}

    private static boolean isThere(String api) {
        try {
            Class.forName(api, false, HealthExtension.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    void addChecks(@Observes BeforeBeanDiscovery event) {
        if (isHealthThere) {
            event.addAnnotatedType(LivenessCheck.class, LivenessCheck.class.getName());
            event.addAnnotatedType(ReadinessCheck.class, ReadinessCheck.class.getName());
        }
    }

    /** Reads the settings here, where the application's configuration can be found. A check may be called on any thread of a server. */
    void readSettings(@Observes AfterDeploymentValidation event) {
        if (isHealthThere) {
            Problems problems = new Problems();
            settings = HealthSettings.read(SluiceConfiguration.current(), problems);
            if (problems.hasErrors()) {
                event.addDeploymentProblem(new DeploymentException(report(problems.errors())));
            }
        }
    }

    private static String report(List<Problem> problems) {
        return problems.stream()
                .map(problem -> "\n - " + problem.message())
                .collect(Collectors.joining(
                        "",
                        problems.size() == 1
                                ? "Sluice found a problem:"
                                : "Sluice found " + problems.size() + " problems:",
                        ""));
    }

    HealthSettings settings() {
        return settings;
    }
}
