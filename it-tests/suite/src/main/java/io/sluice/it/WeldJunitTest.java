package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdi.SluiceExtension;
import io.sluice.context.SslContext;
import io.sluice.it.support.Injectable;
import io.sluice.it.support.SuppliedContexts;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.testing.TestCertificate;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import javax.net.ssl.SSLContext;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.junit5.WeldInitiator;
import org.jboss.weld.junit5.WeldJunit5Extension;
import org.jboss.weld.junit5.WeldSetup;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test of an application's beans with weld-junit5 and with a context of the test. */
@Tag("weld")
@ExtendWith(WeldJunit5Extension.class)
class WeldJunitTest {

    @Dependent
    static class Keys {
        @Produces
        @SslContext("web")
        SSLContext context() {
            return SuppliedContexts.of(TestCertificate.ec("test"));
        }
    }

    @Dependent
    static class Service {
        @Inject
        @SslContext("web")
        SocketStreamCreator creator;
    }

    @WeldSetup
    WeldInitiator weld = WeldInitiator.from(new Weld()
                    .disableDiscovery()
                    .addExtensions(new SluiceExtension())
                    .beanClasses(Keys.class, Service.class))
            .inject(this)
            .build();

    @Inject
    Service service;

    @Inject
    @SslContext("web")
    SSLContext context;

    @Test
    void injectGivesTheTestsContext() throws Exception {
        assertThat(Injectable.CREATOR.identity(service.creator, SuppliedContexts.peer(), service.creator))
                .isEqualTo("test");
        assertThat(context.getProtocol()).isEqualTo("TLS");
    }
}
