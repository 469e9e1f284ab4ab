package io.sluice.it.server.process;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.arquillian.container.spi.ConfigurationException;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;

/** The configuration of the server in {@code arquillian.xml}. */
public final class ServerConfiguration implements ContainerConfiguration {

    private String home = "";
    private String classPath = "";
    private String mainClass = "";
    private String javaHome = "";
    private String javaVmArguments = "";
    private int httpPort;

    /** The directory of the server's own files. */
    public void setHome(String home) {
        this.home = home;
    }

    /** The class path of the process: the main class, and the server's libraries. */
    public void setClassPath(String classPath) {
        this.classPath = classPath;
    }

    /** The class whose main method calls that of {@link LibraryServer}. */
    public void setMainClass(String mainClass) {
        this.mainClass = mainClass;
    }

    /** The JDK that runs the server. */
    public void setJavaHome(String javaHome) {
        this.javaHome = javaHome;
    }

    /** Options of its JVM, separated by blanks. */
    public void setJavaVmArguments(String javaVmArguments) {
        this.javaVmArguments = javaVmArguments;
    }

    /** Its HTTP port, on the loopback interface. */
    public void setHttpPort(Integer httpPort) {
        this.httpPort = httpPort;
    }

    @Override
    public void validate() {
        if (home.isEmpty() || classPath.isEmpty() || mainClass.isEmpty() || javaHome.isEmpty() || httpPort == 0) {
            throw new ConfigurationException("home, classPath, mainClass, javaHome and httpPort are required");
        }
    }

    Path home() {
        return Path.of(home);
    }

    String classPath() {
        return classPath;
    }

    String mainClass() {
        return mainClass;
    }

    Path javaHome() {
        return Path.of(javaHome);
    }

    List<String> javaVmArguments() {
        return Stream.of(javaVmArguments.split(" "))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    int httpPort() {
        return httpPort;
    }
}
