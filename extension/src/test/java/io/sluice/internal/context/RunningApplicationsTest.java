package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sluice.context.SslContexts;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Isolated("the applications of the JVM")
class RunningApplicationsTest {

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    /** The contexts of an application refer to its class loader, as its beans do. */
    private record Application(SslContexts contexts, ClassLoader loader) {

        static Application deployed() {
            ClassLoader loader = new URLClassLoader(new URL[0], RunningApplicationsTest.class.getClassLoader());
            SslContexts contexts = new ContextRegistry(Map.of("web", attempt -> {
                throw new IllegalStateException(loader.toString());
            }));
            RunningApplications.deployed(contexts, Set.of(loader));
            return new Application(contexts, loader);
        }
    }

    private enum End {
        STOPPED {
            @Override
            void of(SslContexts contexts) {
                RunningApplications.started(contexts);
                RunningApplications.stopped(contexts);
            }
        },
        /** No container says so. */
        FAILED_TO_DEPLOY {
            @Override
            void of(SslContexts contexts) {}
        },
        /** A server that forgets to end the container. */
        FORGOTTEN {
            @Override
            void of(SslContexts contexts) {
                RunningApplications.started(contexts);
            }
        };

        abstract void of(SslContexts contexts);
    }

    @BeforeEach
    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    private static SslContexts found(ClassLoader loader) {
        Thread.currentThread().setContextClassLoader(loader);
        return RunningApplications.contextsFor(RunningApplicationsTest.class);
    }

    @ParameterizedTest
    @EnumSource
    void nothingKeepsTheClassLoaderOfAnApplicationThatHasEnded(End end) {
        WeakReference<ClassLoader> loader = ended(end);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return loader.get() == null;
        });
    }

    private static WeakReference<ClassLoader> ended(End end) {
        Application application = Application.deployed();
        end.of(application.contexts);
        return new WeakReference<>(application.loader);
    }

    @Test
    void stoppedApplicationIsNotFound() {
        Application application = Application.deployed();
        RunningApplications.started(application.contexts);
        assertThat(found(application.loader)).isSameAs(application.contexts);
        RunningApplications.stopped(application.contexts);
        assertThatIllegalStateException()
                .isThrownBy(() -> found(application.loader))
                .withMessageStartingWith(
                        RunningApplicationsTest.class.getName() + ": no application with Sluice is running");
    }

    /** Its deployment failed: nothing else can have happened to it, because a class loader belongs to one application at a time. */
    @Test
    void applicationThatNeverStartedGivesWayToTheNextOne() {
        Application failed = Application.deployed();
        SslContexts next = new ContextRegistry(Map.of());
        RunningApplications.deployed(next, Set.of(failed.loader));
        assertThat(found(failed.loader)).isSameAs(next);
        Reference.reachabilityFence(failed);
        RunningApplications.stopped(next);
    }

    @Test
    void twoWithOneClassLoaderAreRefused() {
        Application one = Application.deployed();
        RunningApplications.started(one.contexts);
        SslContexts two = new ContextRegistry(Map.of());
        RunningApplications.deployed(two, Set.of(one.loader));
        assertThatIllegalStateException()
                .isThrownBy(() -> found(one.loader))
                .withMessageContaining("2 applications are running with the same class loader");
        RunningApplications.stopped(one.contexts);
        assertThat(found(one.loader)).isSameAs(two);
        RunningApplications.stopped(two);
    }
}
