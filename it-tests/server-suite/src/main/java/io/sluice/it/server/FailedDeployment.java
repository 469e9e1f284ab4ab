package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.it.support.ContainerReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployer;

/**
 * A deployment that failed.
 *
 * @param message the message to the deployer, or else that in the server's log
 */
record FailedDeployment(String message) {

    private static final String OURS = "Sluice ";
    private static final String REPORTED_IN = "problems in";

    /** Deploys an application whose deployment fails. */
    static FailedDeployment of(Deployer deployer, String deployment) {
        ServerLog log = ServerLog.fromNow();
        Throwable thrown = catchThrowable(() -> deployer.deploy(deployment));
        assertThat(thrown).as("the deployment").isNotNull();
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        if (trace.toString().contains(OURS + "requires") || isComplete(trace.toString())) {
            ContainerReport.fact(REPORTED_IN, "exception");
            return new FailedDeployment(trace.toString().replace("\\\"", "\"")); // WildFly quotes it once more
        }
        ContainerReport.fact(REPORTED_IN, "log");
        return new FailedDeployment(Awaitility.await("our words in the log")
                .atMost(Duration.ofSeconds(20))
                .until(log::text, text -> text.contains(OURS + "found") || text.contains(OURS + "requires")));
    }

    /** Some servers give the deployer only the first line. */
    private static boolean isComplete(String message) {
        return message.contains(OURS + "found") && message.contains("\n - ");
    }
}
