package io.sluice.internal.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.Greeting;
import io.sluice.server.SocketServers;
import io.sluice.testing.internal.ChildJvm;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Without MicroProfile Health the jar does nothing, although the container discovers beans in all jars. */
class AbsentHealthTest {

    /** Starts a container that discovers. The classes of these tests, which need SmallRye Health, are left out. */
    static final class Start {
        private Start() {}

        public static void main(String[] arguments) {
            System.setProperty("sluice.health.expired", "down");
            try (SeContainer container = SeContainerInitializer.newInstance()
                    .addBeanClasses(Greeting.class)
                    .initialize()) {
                System.out.println("servers: "
                        + container.select(SocketServers.class).get().describe().size());
                System.out.println("extensions: "
                        + container
                                .getBeanManager()
                                .getExtension(HealthExtension.class)
                                .settings());
            }
        }
    }

    @Test
    void applicationStartsAsIfTheJarWereNotThere() throws Exception {
        String output = ChildJvm.of(Start.class)
                .without("microprofile-health")
                .without("smallrye-health")
                .run();

        assertThat(output).contains("servers: 0", "extensions: " + HealthSettings.NONE);
        assertThat(output.lines()
                        .filter(line -> line.matches(".*(WARN|ERROR|SEVERE).*"))
                        .collect(Collectors.joining("\n")))
                .isEmpty();
    }
}
