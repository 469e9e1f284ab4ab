package io.sluice.it.payara.micro;

import java.nio.file.Path;
import java.util.List;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;

/** What arquillian.xml says. */
public final class PayaraMicroConfiguration implements ContainerConfiguration {

    private Path home = Path.of("");
    private Path javaHome = Path.of("");
    private List<String> javaVmArguments = List.of();
    private int httpPort;

    /**
     * The directory of the server's files, with {@code payara-micro.jar}.
     *
     * @param home its path
     */
    public void setHome(String home) {
        this.home = Path.of(home);
    }

    /**
     * The JDK that runs it.
     *
     * @param javaHome its path
     */
    public void setJavaHome(String javaHome) {
        this.javaHome = Path.of(javaHome);
    }

    /**
     * What else the JVM is told.
     *
     * @param javaVmArguments options, with blanks between
     */
    public void setJavaVmArguments(String javaVmArguments) {
        this.javaVmArguments = List.of(javaVmArguments.split(" "));
    }

    /**
     * Where applications are asked.
     *
     * @param httpPort a free port
     */
    public void setHttpPort(int httpPort) {
        this.httpPort = httpPort;
    }

    Path home() {
        return home;
    }

    Path javaHome() {
        return javaHome;
    }

    List<String> javaVmArguments() {
        return javaVmArguments;
    }

    int httpPort() {
        return httpPort;
    }

    @Override
    public void validate() {}
}
