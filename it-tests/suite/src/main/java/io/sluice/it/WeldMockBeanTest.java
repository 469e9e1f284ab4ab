package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdi.SluiceExtension;
import io.sluice.context.SslContext;
import io.sluice.it.support.Injectable;
import io.sluice.it.support.SuppliedContexts;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.testing.TestCertificate;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import javax.net.ssl.SSLContext;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.junit.MockBean;
import org.jboss.weld.junit5.WeldInitiator;
import org.jboss.weld.junit5.WeldJunit5Extension;
import org.jboss.weld.junit5.WeldSetup;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A context of the test that is a mock bean of weld-junit5. */
@Tag("weld")
@ExtendWith(WeldJunit5Extension.class)
class WeldMockBeanTest {

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
                    .beanClasses(Service.class))
            .addBeans(MockBean.builder()
                    .types(SSLContext.class)
                    .qualifiers(SslContext.Literal.of("web"))
                    .scope(Dependent.class)
                    .creating(SuppliedContexts.of(TestCertificate.ec("mock")))
                    .build())
            .inject(this)
            .build();

    @Inject
    Service service;

    @Test
    void creatorIsBuiltOnTheMockBean() throws Exception {
        assertThat(Injectable.CREATOR.identity(service.creator, SuppliedContexts.peer(), service.creator))
                .isEqualTo("mock");
    }
}
