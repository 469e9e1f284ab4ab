package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.it.support.Application;
import io.sluice.server.ServerStarted;
import io.sluice.server.SocketEndpoint;
import io.sluice.stream.SocketStream;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A deployment with valid endpoints that fails for another reason leaves no port, thread or descriptor. */
class DeploymentLeftoversTest {

    private static final String FAULT = "for the test";

    @ApplicationScoped
    public static class Sound {
        @SocketEndpoint(value = "leftover-one", address = "127.0.0.1", ssl = "none")
        void one(SocketStream stream) {}

        @SocketEndpoint(value = "leftover-two", port = 0, address = "127.0.0.1", ssl = "none")
        void two(SocketStream stream) {}
    }

    public static class ObjectingExtension implements Extension {
        void object(@Observes AfterDeploymentValidation event) {
            event.addDeploymentProblem(new IllegalStateException(FAULT));
        }
    }

    @ApplicationScoped
    public static class ObjectsToBeInitialised {
        void object(@Observes @Initialized(ApplicationScoped.class) Object event) {
            throw new IllegalStateException(FAULT);
        }
    }

    /** After all other observers except the start of the endpoints. */
    @ApplicationScoped
    public static class ObjectsLate {
        void object(
                @Observes @Priority(Interceptor.Priority.PLATFORM_AFTER + 999) @Initialized(ApplicationScoped.class)
                        Object event) {
            throw new IllegalStateException(FAULT);
        }
    }

    @ApplicationScoped
    public static class ObjectsToAServer {
        void object(@Observes ServerStarted started) {
            if (started.server().name().equals("leftover-two")) {
                throw new IllegalStateException(FAULT);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static Application.Builder sound(int port) {
        return Application.configured("sluice.endpoint.leftover-one.port", String.valueOf(port))
                .beans(Sound.class);
    }

    /** Returns the descriptors of sockets, because the JVM opens and closes files at any time. */
    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(DeploymentLeftoversTest::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // Closed meanwhile.
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("leftover-"))
                .toList();
    }

    private static void assertNothingIsLeft(int port, long descriptors) throws IOException {
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> threads().isEmpty());
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> descriptors() <= descriptors);
        try (ServerSocket again = new ServerSocket()) {
            again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        }
    }

    private static Throwable failure(Application.Builder application, int port) throws IOException {
        sound(port).start().close(); // Opens what is opened only once.
        long before = descriptors();
        Throwable thrown = catchThrowable(() -> application.start().close());
        assertThat(thrown).isNotNull();
        assertNothingIsLeft(port, before);
        return thrown;
    }

    @Test
    void problemOfAnotherExtension() throws Exception {
        int port = freePort();
        // OpenWebBeans reports the problem itself only in its log.
        assertThat(failure(sound(port).extensions(new ObjectingExtension()), port))
                .isInstanceOf(DeploymentException.class);
    }

    @ParameterizedTest
    @ValueSource(classes = {ObjectsToBeInitialised.class, ObjectsLate.class, ObjectsToAServer.class})
    void exceptionOfAnObserver(Class<?> observer) throws Exception {
        int port = freePort();
        assertThat(failure(sound(port).beans(observer), port)).hasStackTraceContaining(FAULT);
    }
}
