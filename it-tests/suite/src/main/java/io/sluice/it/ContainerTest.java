package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.Greeting;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import org.junit.jupiter.api.Test;

class ContainerTest {

    @Test
    void bootWithoutDiscoveryFindsTheBeanGiven() {
        try (SeContainer container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addBeanClasses(Greeting.class)
                .initialize()) {
            assertThat(container.select(Greeting.class).get().text()).isEqualTo("hello");
        }
    }
}
