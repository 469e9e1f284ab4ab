package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.context.SslContext;
import io.sluice.it.support.Application;
import io.sluice.it.support.ClientServerConfiguration;
import io.sluice.it.support.DeploymentMessages;
import io.sluice.it.support.HandshakePair;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** Contexts that inherit settings, in a container. */
class InheritedContextTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestChain SERVER = AUTHORITY.issue("localhost");
    private static final TestChain CLIENT = AUTHORITY.issue("client");
    private static final String FROM = " (from PropertiesConfigSource[source=the test's properties]): ";

    private final ClientServerConfiguration contexts = new ClientServerConfiguration(AUTHORITY, SERVER, CLIENT);

    @Dependent
    static class Own {
        @Produces
        @SslContext("own")
        SSLContext produce() throws NoSuchAlgorithmException {
            return SSLContext.getDefault();
        }
    }

    private String problems(Class<?>... beans) {
        Throwable thrown = catchThrowable(() -> Application.configured()
                .with(contexts.properties())
                .beans(beans)
                .start()
                .close());
        return DeploymentMessages.by(thrown);
    }

    @Test
    void contextThatOnlyInheritsServesAndConnects() throws Exception {
        contexts.set("web.client-auth", "need");
        contexts.set("server.inherits", "web");
        contexts.set("client.inherits", "peer");
        try (Application application =
                        Application.configured().with(contexts.properties()).start();
                HandshakePair meeting = HandshakePair.of(application, "server", "client")) {
            assertThat(meeting.client().findCondition()).isEmpty();
            assertThat(meeting.server().findCondition()).isEmpty();
        }
    }

    @Test
    void problemOfAnInheritedValueIsReportedOnce() {
        contexts.set("server.inherits", "web");
        contexts.set("web.trust-store.pem.certs", "/nowhere/authority.pem");

        assertThat(problems())
                .isEqualTo("Sluice found a problem:\n - sluice.ssl.web.trust-store.pem.certs" + FROM
                        + "the file '/nowhere/authority.pem' does not exist. Create the file, or correct the path.");
    }

    @Test
    void applicationsOwnContextCannotBeInherited() {
        contexts.set("own.protocols", "TLSv1.3");
        contexts.set("server.inherits", "own");
        contexts.set("last.inherits", "server");

        assertThat(problems(Own.class))
                .isEqualTo("Sluice found a problem:\n - sluice.ssl.server.inherits" + FROM
                        + "context 'own' is the application's own, so its keys and trust cannot be inherited."
                        + " Name a context that is only configured, or remove this property.");
    }
}
