package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContext;
import io.sluice.it.support.Greeting;
import io.sluice.it.support.Injectable;
import io.sluice.it.support.SuppliedContexts;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.testing.TestCertificate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Injection in a container that Arquillian runs, from an archive with its own context. */
@Tag("weld")
@ExtendWith(ArquillianExtension.class)
class ArquillianInjectionTest {

    @ApplicationScoped
    static class Keys {
        @Produces
        @SslContext("web")
        SSLContext context() {
            return SuppliedContexts.of(TestCertificate.ec("web"));
        }
    }

    @Inject
    @SslContext("web")
    SocketStreamCreator creator;

    @Inject
    @SslContext("web")
    SocketStreamConnector connector;

    @Inject
    @SslContext("web")
    SSLSocketFactory sockets;

    @Deployment
    static JavaArchive application() {
        return ShrinkWrap.create(JavaArchive.class)
                .addClasses(Keys.class, Greeting.class)
                .addAsManifestResource(EmptyAsset.INSTANCE, "beans.xml");
    }

    @Test
    void deploymentInjectsTheArchivesContextIntoTheTest() throws Exception {
        assertThat(Injectable.CREATOR.identity(creator, SuppliedContexts.peer(), creator))
                .isEqualTo("web");
        assertThat(Injectable.CONNECTOR.identity(connector, SuppliedContexts.peer(), creator))
                .isEqualTo("web");
        assertThat(Injectable.SOCKET_FACTORY.identity(sockets, SuppliedContexts.peer(), creator))
                .isEqualTo("web");
    }
}
