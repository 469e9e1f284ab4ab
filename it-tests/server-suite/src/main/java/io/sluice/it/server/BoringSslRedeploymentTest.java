package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.ContainerReport;
import io.sluice.testing.TestCertificate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application with BoringSSL is redeployed: class loaders, copies of the native library, and memory. */
@ServerTest
@RequiresCapability(Server.Capability.BORINGSSL)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class BoringSslRedeploymentTest {

    private static final TestCertificate CERTIFICATE = TestCertificate.ec("localhost");
    private static final int TIMES = 20;
    private static final int TIMES_OF_BUNDLED = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** From JDK 24 on, Netty keeps an exception, and in its stack trace the classes of the first application. */
    private static final int KEPT_BY_NETTY = Runtime.version().feature() >= 24 ? 1 : 0;

    private static final String WARNING = "BoringSSL cannot be unloaded";

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

    @Deployment(name = "jdk", managed = false, testable = false)
    static WebArchive withoutBoringSsl() {
        return Applications.echo("jdk", CERTIFICATE);
    }

    @Deployment(name = "bundled", managed = false, testable = false)
    static WebArchive bundled() {
        return Applications.echoOfBundled("bundled", CERTIFICATE);
    }

    /** The name of docs/engines.md. */
    @Deployment(name = "app", managed = false, testable = false)
    static WebArchive application() {
        return Applications.echoOfShared("app", CERTIFICATE);
    }

    @Test
    void applicationThatUsesTheLibraryOfTheServerLeavesNothingBehind() throws Exception {
        Monitor monitor = new Monitor(new Deployed(address));
        ServerLog log = ServerLog.fromNow();
        long others = monitor.footprint().copies();
        deployControl();
        redeployShared();
        Footprint before = monitor.footprint();
        assertThat(before.copies()).as("copies").isEqualTo(others + 1);
        for (int i = 1; i < TIMES; i++) {
            redeployShared();
        }
        deployControl();
        Awaitility.await("class loaders")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(monitor.loaders("/app"))
                        .isLessThanOrEqualTo(monitor.loaders("/control") + KEPT_BY_NETTY));
        Footprint after = monitor.footprint();
        assertThat(after.copies()).as("copies").isEqualTo(others + 1);
        assertThat(log.text()).doesNotContain(WARNING);
        report("shared", monitor.loaders("/app"), before, after);
    }

    @Test
    void applicationThatBundlesTheLibraryIsReportedAndKept() throws Exception {
        Monitor monitor = new Monitor(new Deployed(address));
        ServerLog log = ServerLog.fromNow();
        long others = monitor.footprint().copies();
        long earlier = monitor.loaders("/bundled");
        for (int i = 0; i < TIMES_OF_BUNDLED; i++) {
            redeploy("bundled");
        }
        Awaitility.await("warnings")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(log.text().split(WARNING)).hasSize(1 + TIMES_OF_BUNDLED));
        deployControl();
        assertThat(monitor.loaders("/bundled")).as("class loaders").isEqualTo(earlier + TIMES_OF_BUNDLED);
        assertThat(monitor.footprint().copies()).as("copies").isEqualTo(others + TIMES_OF_BUNDLED);
    }

    @Tag("figures")
    @ParameterizedTest
    @ValueSource(strings = {"bundled", "jdk"})
    void redeploymentsAreMeasured(String application) throws Exception {
        Monitor monitor = new Monitor(new Deployed(address));
        redeploy(application);
        Footprint before = monitor.footprint();
        for (int i = 1; i < TIMES; i++) {
            redeploy(application);
        }
        deployControl();
        report(application, monitor.loaders("/" + application), before, monitor.footprint());
    }

    private static void report(String application, long loaders, Footprint before, Footprint after) {
        ContainerReport.fact(
                "BoringSSL " + application,
                loaders + " class loaders of " + TIMES + ", since the first: " + after.since(before));
    }

    /** A server or a JDK may remember the last application: one without Sluice takes its place. */
    private void deployControl() throws Exception {
        deployer.deploy("control");
        try {
            new Deployed(address.resolve("/control/")).open();
        } finally {
            deployer.undeploy("control");
        }
    }

    private void redeploy(String application) throws Exception {
        deployer.deploy(application);
        try {
            talkTo(application);
        } finally {
            deployer.undeploy(application);
        }
    }

    private void redeployShared() throws Exception {
        Optional<Path> watched = Server.current().watched();
        if (watched.isEmpty()) {
            redeploy("app");
            return;
        }
        Path file = watched.get().resolve("app.war");
        Path made = Server.current().directory().resolve("app.war");
        application().as(ZipExporter.class).exportTo(made.toFile(), true);
        Files.createDirectories(file.getParent());
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        try {
            Awaitility.await("deployment").atMost(PATIENCE).until(() -> isThere("app"));
            talkTo("app");
        } finally {
            Files.delete(file);
            Awaitility.await("end of the application").atMost(PATIENCE).until(() -> !isThere("app"));
        }
    }

    private boolean isThere(String application) throws IOException, InterruptedException {
        try {
            new Deployed(address.resolve("/" + application + "/")).open();
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    private void talkTo(String application) throws Exception {
        int port = new Deployed(address.resolve("/" + application + "/")).port("echo");
        try (SSLSocket socket = TlsEchoClient.connect(CERTIFICATE, port)) {
            assertThat(TlsEchoClient.echo(socket, "hello")).isEqualTo("hello");
        }
    }
}
