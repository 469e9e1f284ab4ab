package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.support.ContainerReport;
import io.sluice.it.support.Feature;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An application that follows files and is redeployed leaves nothing behind: no port, thread, descriptor or class loader. */
@ServerTest
@Feature("redeployment")
class RedeploymentTest {

    private static final KeyFiles FILES = KeyFiles.of("again");
    private static final int TIMES = 20;
    private static final int TIMES_OF_CONTROL = 4;

    @ArquillianResource
    @OperateOnDeployment("monitor")
    URI address;

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "monitor", testable = false)
    static WebArchive monitor() {
        return Applications.monitor();
    }

    @Deployment(name = "control", managed = false, testable = false)
    static WebArchive control() {
        return Applications.control("control");
    }

    @Deployment(name = "again", managed = false, testable = false)
    static WebArchive application() {
        Map<String, String> configuration = new HashMap<>(FILES.configuration("web"));
        configuration.put("sluice.endpoint.echo.drain-timeout", "100ms");
        return Applications.echo("again", configuration);
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void applicationThatComesAndGoesLeavesNothingBehind() throws Exception {
        Monitor monitor = new Monitor(new Deployed(address));
        deployControl();
        Set<String> installed = OpenDescriptors.installed();
        redeploy();
        deployControl();
        OpenDescriptors before = monitor.descriptors();
        for (int i = 1; i < TIMES; i++) {
            redeploy();
        }
        Awaitility.await("threads")
                .untilAsserted(() -> assertThat(monitor.threads()).isEmpty());

        // A server or a JDK may remember the last application, or leak by itself: one without Sluice takes its place,
        // and tells.
        for (int i = 0; i < TIMES_OF_CONTROL; i++) {
            deployControl();
        }
        Awaitility.await("descriptors")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(monitor.descriptors().besides(before, installed))
                        .isEmpty());
        if (Server.current().keepsEveryLoader()) {
            assertThat(monitor.loaders("/control"))
                    .as("class loaders kept without Sluice")
                    .isEqualTo(TIMES_OF_CONTROL + 2);
        } else {
            Awaitility.await("class loaders")
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(monitor.loaders("/again"))
                            .isLessThanOrEqualTo(monitor.loaders("/control")
                                    + Server.current().loadersKept()));
        }
        ContainerReport.fact("loaders left", monitor.loaders("/again") + " of " + TIMES);
        ContainerReport.fact(
                "loaders left without Sluice", monitor.loaders("/control") + " of " + (TIMES_OF_CONTROL + 2));
    }

    private void deployControl() throws Exception {
        deployer.deploy("control");
        new Deployed(address.resolve("/control/")).open();
        deployer.undeploy("control");
    }

    /** Undeploys the application while a connection is open. */
    private void redeploy() throws Exception {
        deployer.deploy("again");
        boolean deployed = true;
        try {
            int port = new Deployed(address.resolve("/again/")).port("echo");
            try (SSLSocket open = TlsEchoClient.connect(FILES.current(), port)) {
                assertThat(TlsEchoClient.echo(open, "hello")).isEqualTo("hello");
                deployer.undeploy("again");
                deployed = false;
                assertThat(open.getInputStream().read()).as("closed in order").isEqualTo(-1);
            }
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                    .isInstanceOf(ConnectException.class);
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        } finally {
            if (deployed) {
                deployer.undeploy("again");
            }
        }
    }
}
