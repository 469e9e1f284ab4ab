package io.sluice.internal.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.it.support.MeteredApplication;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Qualifier;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The registry to which an application's metrics go. */
class RegistriesTest {

    private static final SimpleMeterRegistry FIRST = new SimpleMeterRegistry();
    private static final SimpleMeterRegistry SECOND = new SimpleMeterRegistry();
    private static final SimpleMeterRegistry GLOBAL = new SimpleMeterRegistry();

    /** A bean. */
    @ApplicationScoped
    public static class One {
        @Produces
        @Singleton
        MeterRegistry registry() {
            return FIRST;
        }
    }

    /** Another one. */
    @ApplicationScoped
    public static class Two {
        @Produces
        @Singleton
        SimpleMeterRegistry registry() {
            return SECOND;
        }
    }

    /** One that CDI prefers. */
    @Alternative
    @Priority(1)
    @ApplicationScoped
    public static class Preferred {
        @Produces
        @Singleton
        MeterRegistry registry() {
            return SECOND;
        }
    }

    /** One that contains the first. */
    @ApplicationScoped
    public static class Composite {
        @Produces
        @Singleton
        CompositeMeterRegistry registry() {
            CompositeMeterRegistry composite = new CompositeMeterRegistry();
            composite.add(FIRST);
            return composite;
        }
    }

    /** Distinguishes a bean. */
    @Qualifier
    @Retention(RetentionPolicy.RUNTIME)
    @interface Special {}

    /** A bean with a qualifier. */
    @ApplicationScoped
    public static class Qualified {
        @Produces
        @Singleton
        @Special
        MeterRegistry registry() {
            return FIRST;
        }
    }

    @TempDir
    Path directory;

    @BeforeEach
    void begin() {
        Metrics.addRegistry(GLOBAL);
    }

    @AfterEach
    void end() {
        Metrics.removeRegistry(GLOBAL);
        Stream.of(FIRST, SECOND, GLOBAL).forEach(MeterRegistry::clear);
    }

    static Stream<Arguments> registries() {
        return Stream.of(
                Arguments.of("none", List.of(), List.of(GLOBAL)),
                Arguments.of("one", List.of(One.class), List.of(FIRST)),
                Arguments.of("several", List.of(One.class, Two.class), List.of(FIRST, SECOND)),
                Arguments.of("one that CDI prefers", List.of(One.class, Preferred.class), List.of(SECOND)),
                Arguments.of("one within another", List.of(One.class, Composite.class), List.of(FIRST)),
                Arguments.of("one with a qualifier", List.of(Qualified.class), List.of(FIRST)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("registries")
    void metricsGoToTheRegistryOfTheApplicationAndAreRemovedAtItsEnd(
            String name, List<Class<?>> beans, List<SimpleMeterRegistry> expected) throws IOException {
        List<SimpleMeterRegistry> all = List.of(FIRST, SECOND, GLOBAL);
        try (MeteredApplication application = MeteredApplication.start(directory, beans.toArray(Class<?>[]::new))) {
            application.roundTrips(1);
            Supplier<List<SimpleMeterRegistry>> filled = () -> all.stream()
                    .filter(registry -> registry.find("sluice.accepted_connections")
                                    .functionCounters()
                                    .size()
                            > 0)
                    .toList();
            assertThat(filled.get()).containsExactlyElementsOf(expected);
            assertThat(expected)
                    .allSatisfy(registry -> assertThat(registry.get("sluice.accepted_connections")
                                    .tag("sluice.endpoint", "metered-web")
                                    .functionCounters())
                            .hasSize(1));
        }
        assertThat(all).allSatisfy(registry -> assertThat(registry.getMeters()).isEmpty());
    }

    @Test
    void nextApplicationReportsToTheSameRegistry() throws IOException {
        List<Double> generations = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            try (MeteredApplication application = MeteredApplication.start(directory)) {
                assertThat(application.address("metered-web").getPort()).isPositive();
                generations.add(GLOBAL.get("sluice.context.generation")
                        .tag("sluice.context", "metered-web")
                        .gauge()
                        .value());
            }
        }
        assertThat(generations).containsExactly(1.0, 1.0);
    }
}
