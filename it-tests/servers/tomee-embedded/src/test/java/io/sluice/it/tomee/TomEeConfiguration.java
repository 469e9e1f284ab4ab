package io.sluice.it.tomee;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.arquillian.container.spi.ConfigurationException;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;

/** What {@code arquillian.xml} says of the server. */
public final class TomEeConfiguration implements ContainerConfiguration {

    private String home = "";
    private String libraries = "";
    private String javaHome = System.getProperty("java.home");
    private String javaVmArguments = "";
    private int httpPort;

    /** The directory of the server's own files. */
    public void setHome(String home) {
        this.home = home;
    }

    /** The directory of the jars that it consists of. */
    public void setLibraries(String libraries) {
        this.libraries = libraries;
    }

    /** The JDK that it runs on. */
    public void setJavaHome(String javaHome) {
        this.javaHome = javaHome;
    }

    /** Options of its JVM. */
    public void setJavaVmArguments(String javaVmArguments) {
        this.javaVmArguments = javaVmArguments;
    }

    /** Where it listens, on the loopback interface. */
    public void setHttpPort(Integer httpPort) {
        this.httpPort = httpPort;
    }

    @Override
    public void validate() {
        if (!Files.isDirectory(Path.of(libraries))) {
            throw new ConfigurationException("no libraries of TomEE in '" + libraries + "'");
        }
    }

    Path home() {
        return Path.of(home);
    }

    Path libraries() {
        return Path.of(libraries);
    }

    Path java() {
        return Path.of(javaHome, "bin", "java");
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
