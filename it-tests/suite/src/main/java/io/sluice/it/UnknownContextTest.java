package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.context.SslContext;
import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslContexts;
import io.sluice.it.support.Application;
import io.sluice.it.support.DeploymentMessages;
import io.sluice.it.support.Feature;
import io.sluice.it.support.TwoContexts;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.SocketStreamCreator;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.UnsatisfiedResolutionException;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deployment reports unknown names, and what {@code none} does not have, all together and in Sluice's words. */
@Feature("problems reported")
class UnknownContextTest {

    private final TwoContexts contexts = new TwoContexts();

    @Dependent
    static class Mistyped {
        @Inject
        @SslContext("wbe")
        SocketStreamCreator creator;

        @Inject
        Mistyped(@SslContext("web") SSLContext known, @SslContext("queues") Provider<SSLContext> mistyped) {}

        @Inject
        void initialize(
                @SslContext("wbe") SSLSocketFactory mistyped,
                @SslContext("Web") SslContextSpecifier capital,
                @SslContext("elsewhere") SocketStreamConnector unlikeAny) {}
    }

    @Dependent
    static class TlsOfNone {
        @Inject
        @SslContext("none")
        SSLContext context;

        @Inject
        @SslContext("none")
        Provider<SSLSocketFactory> factory;

        @Inject
        @SslContext("none")
        SSLServerSocketFactory serverFactory;

        @Inject
        @SslContext("none")
        SSLParameters parameters;
    }

    @Dependent
    static class Asking {
        @Inject
        @SslContext("wbe")
        Instance<SocketStreamCreator> creator;

        @Inject
        @SslContext("none")
        Instance<SSLContext> plain;
    }

    @Dependent
    static class Unqualified<T> {
        static class Context extends Unqualified<SSLContext> {
            @Inject
            SSLContext it;
        }

        static class Creator extends Unqualified<SocketStreamCreator> {
            @Inject
            SocketStreamCreator it;
        }
    }

    /** The qualifier on another type, and a type of Sluice that the application supplies under a name of its own. */
    @Dependent
    static class OwnUse {
        static final SSLSocketFactory OWN = (SSLSocketFactory) SSLSocketFactory.getDefault();

        @Inject
        @SslContext("tunnel")
        StringBuilder text;

        @Inject
        @SslContext("hsm")
        SSLSocketFactory factory;

        @Produces
        @SslContext("tunnel")
        static StringBuilder produceText() {
            return new StringBuilder("own");
        }

        @Produces
        @SslContext("hsm")
        static SSLSocketFactory produceFactory() {
            return OWN;
        }
    }

    @Test
    void deployWithUnknownNamesTellsEveryOneOfThem() {
        Throwable thrown = catchThrowable(() -> Application.configured()
                .with(contexts.properties())
                .beans(Mistyped.class)
                .start());

        assertThat(thrown).isInstanceOf(DeploymentException.class);
        String place = Mistyped.class.getName();
        assertThat(DeploymentMessages.by(thrown).lines())
                .containsExactlyInAnyOrder(
                        "Sluice found 5 problems:",
                        " - @SslContext(\"queues\") SSLContext at " + place + "(parameter 2): there is no context"
                                + " 'queues\' (did you mean queue?). Configure sluice.ssl.queues.…, or supply a bean of"
                                + " it",
                        " - @SslContext(\"wbe\") SocketStreamCreator at " + place + ".creator: there is no context"
                                + " 'wbe\' (did you mean web?). Configure sluice.ssl.wbe.…, or supply a bean of it",
                        " - @SslContext(\"wbe\") SSLSocketFactory at " + place + ".initialize(parameter 1): there is no"
                                + " context 'wbe\' (did you mean web?). Configure sluice.ssl.wbe.…, or supply a bean of"
                                + " it",
                        " - @SslContext(\"Web\") SslContextSpecifier at " + place + ".initialize(parameter 2):"
                                + " 'Web' cannot be the name of a context (did you mean web?). Use lower-case letters"
                                + " and digits, with single hyphens between them, such as my-app",
                        " - @SslContext(\"elsewhere\") SocketStreamConnector at " + place + ".initialize(parameter 3):"
                                + " there is no context 'elsewhere'. Configure sluice.ssl.elsewhere.…, or supply a"
                                + " bean of it");
    }

    @Test
    void deployAskingNoneForTlsTellsEveryPoint() {
        Throwable thrown = catchThrowable(
                () -> Application.configured().beans(TlsOfNone.class).start());

        assertThat(thrown).isInstanceOf(DeploymentException.class);
        assertThat(DeploymentMessages.by(thrown).lines())
                .containsExactlyInAnyOrder(
                        "Sluice found 4 problems:",
                        ofNone("SSLContext", "context"),
                        ofNone("SSLSocketFactory", "factory"),
                        ofNone("SSLServerSocketFactory", "serverFactory"),
                        ofNone("SSLParameters", "parameters"));
    }

    private static String ofNone(String type, String field) {
        return " - @SslContext(\"none\") " + type + " at " + TlsOfNone.class.getName() + "." + field
                + ": context 'none' is plaintext, and has only a specifier, a creator and a connector. Name another"
                + " context";
    }

    @Test
    void deployWithAnInstanceOfAnUnknownNameLeavesItUnsatisfied() {
        try (Application application = Application.configured()
                .with(contexts.properties())
                .beans(Asking.class)
                .start()) {
            Asking asking = application.get(Asking.class);

            assertThat(asking.creator.isUnsatisfied()).isTrue();
            assertThat(asking.plain.isUnsatisfied()).isTrue();
            assertThat(application
                            .container()
                            .select(SSLContext.class, SslContext.Literal.of("wbe"))
                            .isUnsatisfied())
                    .isTrue();
            assertThatThrownBy(asking.creator::get).isInstanceOf(UnsatisfiedResolutionException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Unqualified.Context.class, Unqualified.Creator.class})
    void deployWithAnUnqualifiedPointFails(Class<?> bean) {
        assertThatThrownBy(() -> Application.configured()
                        .with(contexts.properties())
                        .beans(bean)
                        .start())
                .isInstanceOf(DeploymentException.class);
    }

    @Test
    void deployWithTheQualifierOnTheApplicationsOwnBeansIsNoneOfOurBusiness() {
        try (Application application =
                Application.configured().beans(OwnUse.class).start()) {
            OwnUse own = application.get(OwnUse.class);

            assertThat(own.text).hasToString("own");
            assertThat(own.factory).isSameAs(OwnUse.OWN);
        }
    }

    @Dependent
    static class Producing {
        @Produces
        @SslContext("own")
        static SSLContext context() throws NoSuchAlgorithmException {
            return SSLContext.getDefault();
        }
    }

    @Test
    void deployWithAListedContextThatNothingConfiguresIsTold() {
        Throwable thrown = catchThrowable(() -> Application.configured("sluice.contexts", "own,web,wbe,default")
                .with(contexts.properties())
                .beans(Producing.class)
                .start());

        assertThat(thrown).isInstanceOf(DeploymentException.class);
        assertThat(DeploymentMessages.by(thrown))
                .contains("Sluice found a problem:")
                .contains("nothing configures context 'wbe' (did you mean web?). Set sluice.ssl.wbe.…, or correct the"
                        + " name, or remove it from the list");
    }

    @Test
    void deployWithAListedContextOfTheApplicationsOwnSucceeds() {
        try (Application application = Application.configured("sluice.contexts", "own")
                .beans(Producing.class)
                .start()) {
            assertThat(application.get(SslContexts.class).names()).contains("own");
        }
    }

    @Test
    void getFromContextsOfAnUnknownNameSuggestsNearOnes() {
        try (Application application = Application.configured()
                .with(contexts.properties())
                .beans(Asking.class)
                .start()) {
            SslContexts found = application.get(SslContexts.class);

            assertThat(found.names()).containsExactly("default", "none", "queue", "web");
            assertThatThrownBy(() -> found.get("wbe"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("there is no context 'wbe' (did you mean web?). Configure it under sluice.ssl.wbe, or"
                            + " use one of default, none, queue, web");
        }
    }
}
