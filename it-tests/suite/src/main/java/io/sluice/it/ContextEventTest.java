package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.CertificateExpiring;
import io.sluice.context.ContextReloadFailed;
import io.sluice.context.ContextReloaded;
import io.sluice.context.GenerationEnded;
import io.sluice.context.SslContext;
import io.sluice.context.SslContexts;
import io.sluice.it.support.Application;
import io.sluice.it.support.EventLog;
import io.sluice.it.support.Feature;
import io.sluice.it.support.HandshakePair;
import io.sluice.it.support.RotatedFiles;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.internal.LogCapture;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Observers learn what happens to a context, whichever way they observe it. */
@Feature("context events")
class ContextEventTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final EventLog SEEN = new EventLog();
    private static final List<String> OBSERVERS =
            List.of("qualified", "any", "qualified asynchronous", "any asynchronous");
    private static final List<Class<?>> EVENTS =
            List.of(ContextReloaded.class, ContextReloadFailed.class, CertificateExpiring.class, GenerationEnded.class);

    @TempDir
    Path directory;

    /** Observes every event in every way. */
    @ApplicationScoped
    public static class Observing {

        void reloaded(@Observes @SslContext("web") ContextReloaded event) {
            SEEN.add("qualified", event);
        }

        void reloadFailed(@Observes @SslContext("web") ContextReloadFailed event) {
            SEEN.add("qualified", event);
        }

        void expiring(@Observes @SslContext("web") CertificateExpiring event) {
            SEEN.add("qualified", event);
        }

        void ended(@Observes @SslContext("web") GenerationEnded event) {
            SEEN.add("qualified", event);
        }

        void anyReloaded(@Observes ContextReloaded event) {
            SEEN.add("any", event);
        }

        void anyReloadFailed(@Observes ContextReloadFailed event) {
            SEEN.add("any", event);
        }

        void anyExpiring(@Observes CertificateExpiring event) {
            SEEN.add("any", event);
        }

        void anyEnded(@Observes GenerationEnded event) {
            SEEN.add("any", event);
        }
    }

    /** On its own, because a container may find asynchronous observers in another way. */
    @ApplicationScoped
    public static class ObservingLater {

        void reloaded(@ObservesAsync @SslContext("web") ContextReloaded event) {
            SEEN.add("qualified asynchronous", event);
        }

        void reloadFailed(@ObservesAsync @SslContext("web") ContextReloadFailed event) {
            SEEN.add("qualified asynchronous", event);
        }

        void expiring(@ObservesAsync @SslContext("web") CertificateExpiring event) {
            SEEN.add("qualified asynchronous", event);
        }

        void ended(@ObservesAsync @SslContext("web") GenerationEnded event) {
            SEEN.add("qualified asynchronous", event);
        }

        void anyReloaded(@ObservesAsync ContextReloaded event) {
            SEEN.add("any asynchronous", event);
        }

        void anyReloadFailed(@ObservesAsync ContextReloadFailed event) {
            SEEN.add("any asynchronous", event);
        }

        void anyExpiring(@ObservesAsync CertificateExpiring event) {
            SEEN.add("any asynchronous", event);
        }

        void anyEnded(@ObservesAsync GenerationEnded event) {
            SEEN.add("any asynchronous", event);
        }
    }

    @ApplicationScoped
    public static class ObservingTheOther {

        void reloaded(@Observes @SslContext("other") ContextReloaded event) {
            SEEN.add("other", event);
        }

        void ended(@Observes @SslContext("other") GenerationEnded event) {
            SEEN.add("other", event);
        }

        void reloadFailed(@ObservesAsync @SslContext("other") ContextReloadFailed event) {
            SEEN.add("other", event);
        }
    }

    @ApplicationScoped
    public static class Throwing {

        void reloaded(@Observes @SslContext("web") ContextReloaded event) {
            throw new IllegalStateException("the observer is broken");
        }

        void reloadedLater(@ObservesAsync @SslContext("web") ContextReloaded event) {
            throw new IllegalStateException("the other observer is broken too");
        }

        void ended(@Observes @SslContext("web") GenerationEnded event) {
            SEEN.add("after the failure", event);
            throw new AssertionError("and this one");
        }
    }

    @RequestScoped
    public static class OfRequest {
        String word() {
            return "of a request";
        }
    }

    @ApplicationScoped
    public static class InRequest {

        @Inject
        OfRequest request;

        @Inject
        SslContexts contexts;

        void reloaded(@Observes ContextReloaded event) throws Exception {
            SEEN.add(
                    "synchronous",
                    request.word() + " " + contexts.describe("web").generation());
        }

        void reloadedLater(@ObservesAsync ContextReloaded event) {
            SEEN.add(
                    "asynchronous",
                    request.word() + " " + contexts.describe("web").generation());
        }
    }

    private RotatedFiles web;
    private RotatedFiles other;

    @BeforeEach
    void write() throws Exception {
        SEEN.clear();
        web = RotatedFiles.of(AUTHORITY, directory, "web", "first");
        other = RotatedFiles.of(AUTHORITY, directory, "other", "other");
    }

    private Application application(Class<?>... beans) {
        return Application.configured(
                        "sluice.ssl.web.expiry-warning", "2h",
                        "sluice.ssl.other.expiry-warning", "off",
                        "sluice.ssl.peer.trust-store.pem.certs", AUTHORITY.pem())
                .with(web.properties())
                .with(other.properties())
                .beans(beans)
                .start();
    }

    @Test
    void eachEventReachesEachKindOfObserverOnceAndNoObserverOfAnotherContext() throws Exception {
        try (Application application = application(Observing.class, ObservingLater.class, ObservingTheOther.class)) {
            for (String observer : OBSERVERS) {
                CertificateExpiring expiring = SEEN.await(observer, CertificateExpiring.class, 1);
                assertThat(expiring.context()).isEqualTo("web");
                assertThat(expiring.subject()).isEqualTo("CN=first");
            }

            web.replace("second");
            for (String observer : OBSERVERS) {
                ContextReloaded reloaded = SEEN.await(observer, ContextReloaded.class, 1);
                assertThat(reloaded.generation()).isEqualTo(2);
                assertThat(reloaded.before().keys().get(0).chain().get(0).subject())
                        .isEqualTo("CN=first");
                assertThat(reloaded.after().keys().get(0).chain().get(0).subject())
                        .isEqualTo("CN=second");
                assertThat(SEEN.await(observer, GenerationEnded.class, 1).generation())
                        .isEqualTo(1);
            }

            Files.writeString(web.certificate(), "");
            for (String observer : OBSERVERS) {
                ContextReloadFailed failed = SEEN.await(observer, ContextReloadFailed.class, 1);
                assertThat(failed.problems()).singleElement().asString().contains("is empty");
                assertThat(failed.active().generation()).isEqualTo(2);
            }

            for (Class<?> event : EVENTS) {
                int times = event == CertificateExpiring.class ? 2 : 1;
                assertThat(OBSERVERS).allSatisfy(observer -> {
                    SEEN.await(observer, event, times);
                    assertThat(SEEN.of(observer, event))
                            .as(event.getSimpleName())
                            .hasSize(times);
                });
            }
            assertThat(SEEN.of("other", Object.class)).isEmpty();
            assertThat(application.container().isRunning()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Observing.class, ObservingLater.class})
    void observersOfOneKindAloneAreFound(Class<?> observing) throws Exception {
        String observer = observing == Observing.class ? "qualified" : "qualified asynchronous";
        try (Application application = application(observing)) {
            application.get(SslContexts.class).reload("web");
            assertThat(SEEN.await(observer, ContextReloaded.class, 1).generation())
                    .isEqualTo(2);
        }
    }

    @Test
    void observersThatThrowStopNothing() throws Exception {
        try (LogCapture log = LogCapture.of("io.sluice", line -> line.getLevel() == Level.WARNING);
                Application application = application(Throwing.class)) {
            web.replace("second");
            assertThat(SEEN.await("after the failure", GenerationEnded.class, 1).current())
                    .isEqualTo(2);
            web.replace("third");
            web.await(application, 3);
            SEEN.await("after the failure", GenerationEnded.class, 2);

            application.get(SslContexts.class).reload("web");
            try (HandshakePair meeting = HandshakePair.of(application, "web", "peer")) {
                assertThat(meeting.server().isOpened()).isTrue();
            }
            assertThat(log.records())
                    .filteredOn(line ->
                            line.getMessage().startsWith("context 'web': an observer of ContextReloaded failed"))
                    .allSatisfy(line -> assertThat(line.getThrown()).hasStackTraceContaining("broken"))
                    .hasSize(6);
        }
    }

    /** A reload from code and one of the watch. */
    @Test
    void observersMayUseBeansOfARequest() throws Exception {
        try (Application application = application(OfRequest.class, InRequest.class)) {
            application.get(SslContexts.class).reload("web");
            for (String observer : List.of("synchronous", "asynchronous")) {
                assertThat(SEEN.await(observer, String.class, 1)).isEqualTo("of a request 2");
            }
            web.replace("second");
            for (String observer : List.of("synchronous", "asynchronous")) {
                assertThat(SEEN.await(observer, String.class, 2)).isEqualTo("of a request 3");
            }
        }
    }
}
