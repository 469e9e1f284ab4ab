package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.it.support.Application;
import io.sluice.it.support.DeploymentMessages;
import io.sluice.it.support.Greeting;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import org.junit.jupiter.api.Test;

/** The classes as which the current stream can be injected are checked at deployment. */
class CurrentStreamRulesTest {

    static final class Final extends SocketStream {}

    static class WithArguments extends SocketStream {
        @Inject
        WithArguments(Greeting greeting) {}
    }

    static class WithFinalMethod extends SocketStream {
        final void say() {}
    }

    static class Heir extends WithFinalMethod {}

    abstract static class Abstract extends SocketStream {
        abstract void say();
    }

    @ApplicationScoped
    static class Asking {
        @Inject
        Final stream;

        @Inject
        void take(Provider<Heir> heir, WithArguments arguments) {}

        @Inject
        Instance<WithFinalMethod> perhaps;
    }

    @ApplicationScoped
    static class AskingForWhatCanBe {
        @Inject
        Abstract stream;

        @Inject
        Instance<Final> perhaps;
    }

    @ApplicationScoped
    static class Supplier {
        static final SocketStream OWN = new SocketStream();

        @Inject
        Provider<SocketStream> stream;

        @Produces
        SocketStream own() {
            return OWN;
        }
    }

    @Test
    void deployWithReferencesThatCannotBeFails() {
        Throwable thrown = catchThrowable(
                () -> Application.configured().beans(Asking.class).start().close());

        assertThat(DeploymentMessages.by(thrown).lines())
                .containsExactlyInAnyOrder(
                        "Sluice found 3 problems:",
                        problem(Final.class, ".stream", "the class is final"),
                        problem(Heir.class, ".take(parameter 1)", "its method say is final"),
                        problem(
                                WithArguments.class,
                                ".take(parameter 2)",
                                "it has no non-private constructor without parameters"));
    }

    private static String problem(Class<?> type, String member, String defect) {
        return " - the current " + type.getSimpleName() + " at " + Asking.class.getName() + member
                + ": CDI cannot make a reference to " + type.getName() + ", because " + defect
                + ". Change that, or inject SocketStream";
    }

    @Test
    void deployWithReferencesThatCanBeSucceeds() {
        try (Application application =
                Application.configured().beans(AskingForWhatCanBe.class).start()) {
            assertThat(application.container().select(Abstract.class).isResolvable())
                    .isTrue();
            assertThat(application.container().select(Final.class).isUnsatisfied())
                    .isTrue();
        }
    }

    @Test
    void streamThatTheApplicationProducesTakesThePlace() {
        try (Application application =
                Application.configured().beans(Supplier.class).start()) {
            assertThat(application.get(SocketStream.class)).isSameAs(Supplier.OWN);
        }
    }
}
