package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.Greeting;
import io.sluice.it.support.SeContainers;
import io.sluice.testing.internal.ChildJvm;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without MicroProfile Config the container does not start, and the message names the missing dependencies. */
class AbsentConfigTest {

    /** Prints the exception of the container. */
    static final class Start {
        private Start() {}

        public static void main(String[] arguments) {
            SeContainerInitializer initializer = SeContainerInitializer.newInstance();
            SeContainers.withoutDiscovery(initializer);
            try (var container = initializer.addBeanClasses(Greeting.class).initialize()) {
                System.out.println("started: " + container);
            } catch (RuntimeException e) {
                StringWriter trace = new StringWriter();
                e.printStackTrace(new PrintWriter(trace));
                System.out.println(trace);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"smallrye", "microprofile-config-api"})
    void startWithoutItSaysWhatToAdd(String missing) throws Exception {
        String output =
                ChildJvm.of(Start.class).without(missing).without("smallrye").run();

        assertThat(output)
                .contains(
                        "Sluice requires MicroProfile Config, which is missing here. Add the dependencies"
                                + " org.eclipse.microprofile.config:microprofile-config-api and"
                                + " io.smallrye.config:smallrye-config to the application, or run it in a server that provides it")
                .doesNotContain("started");
    }
}
