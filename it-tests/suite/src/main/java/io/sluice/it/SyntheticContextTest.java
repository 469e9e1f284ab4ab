package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.SslContext;
import io.sluice.context.SslContextSpecifier;
import io.sluice.it.support.Application;
import io.sluice.it.support.DeploymentMessages;
import io.sluice.it.support.Injectable;
import io.sluice.it.support.SuppliedContexts;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.testing.TestCertificate;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A context that another extension adds counts as the application's own, like that of a producer. */
class SyntheticContextTest {

    private static final TestCertificate ADDED = TestCertificate.ec("added");
    private static final TestCertificate CONFIGURED = TestCertificate.ec("configured");
    private static final AtomicInteger MADE = new AtomicInteger();
    private static final AtomicInteger RELEASED = new AtomicInteger();

    /** Adds a context {@code web}. */
    public static class Adding implements Extension {
        void add(@Observes AfterBeanDiscovery event) {
            event.<SSLContext>addBean()
                    .types(SSLContext.class, Object.class)
                    .qualifiers(SslContext.Literal.of("web"))
                    .scope(Dependent.class)
                    .produceWith(lookup -> make())
                    .disposeWith((context, lookup) -> RELEASED.incrementAndGet());
        }
    }

    public static class AddingASpecifier implements Extension {
        void add(@Observes AfterBeanDiscovery event) {
            event.<SslContextSpecifier>addBean()
                    .types(SslContextSpecifier.class, Object.class)
                    .qualifiers(SslContext.Literal.of("web"))
                    .scope(Dependent.class)
                    .produceWith(lookup -> SslContextSpecifier.of(make()))
                    .disposeWith((specifier, lookup) -> RELEASED.incrementAndGet());
        }
    }

    /** Adds it as an alternative that takes precedence over every other bean. */
    public static class AddingAnAlternative implements Extension {
        void add(@Observes AfterBeanDiscovery event) {
            event.<SSLContext>addBean()
                    .types(SSLContext.class, Object.class)
                    .qualifiers(SslContext.Literal.of("web"))
                    .scope(Dependent.class)
                    .alternative(true)
                    .priority(1)
                    .produceWith(lookup -> make())
                    .disposeWith((context, lookup) -> RELEASED.incrementAndGet());
        }
    }

    private static SSLContext make() {
        MADE.incrementAndGet();
        return SuppliedContexts.of(ADDED);
    }

    @Dependent
    static class Service {
        @Inject
        @SslContext("web")
        SocketStreamCreator creator;
    }

    @Dependent
    static class ServiceWithContext {
        @Inject
        @SslContext("web")
        SSLContext context;

        @Inject
        @SslContext("web")
        SocketStreamCreator creator;
    }

    @BeforeEach
    void reset() {
        MADE.set(0);
        RELEASED.set(0);
    }

    private static Application.Builder configured(boolean configured) {
        return configured
                ? Application.configured(
                        "sluice.ssl.web.key-store.pem.0.cert", CONFIGURED.certificatePem(),
                        "sluice.ssl.web.key-store.pem.0.key", CONFIGURED.keyPem())
                : Application.configured();
    }

    private static void assertAdded(SocketStreamCreator creator) throws Exception {
        assertThat(Injectable.CREATOR.identity(creator, SuppliedContexts.peer(), creator))
                .isEqualTo("added");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void contextOfAnotherExtensionIsUsedOnceAndReleased(boolean configured) throws Exception {
        for (Extension extension : new Extension[] {new Adding(), new AddingASpecifier()}) {
            reset();
            try (Application application = configured(configured)
                    .extensions(extension)
                    .beans(Service.class)
                    .start()) {
                assertThat(MADE).as("at deployment").hasValue(0);
                assertAdded(application.get(Service.class).creator);
                assertAdded(application.get(Service.class).creator);
                assertThat(MADE).hasValue(1);
                assertThat(RELEASED).hasValue(0);
            }
            assertThat(RELEASED).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void alternativeIsInjectedToo(boolean configured) throws Exception {
        try (Application application = configured(configured)
                .extensions(new AddingAnAlternative())
                .beans(ServiceWithContext.class)
                .start()) {
            ServiceWithContext service = application.get(ServiceWithContext.class);
            assertAdded(service.creator);
            assertThat(Injectable.SSL_CONTEXT.identity(service.context, SuppliedContexts.peer(), service.creator))
                    .isEqualTo("added");
        }
    }

    @Test
    void nameThatNoExtensionAddsIsAProblemAsEver() {
        assertThatThrownBy(() -> Application.configured().beans(Service.class).start())
                .isInstanceOf(DeploymentException.class)
                .satisfies(thrown -> assertThat(DeploymentMessages.by(thrown))
                        .isEqualTo("Sluice found a problem:\n - @SslContext(\"web\") SocketStreamCreator at "
                                + Service.class.getName() + ".creator: there is no context 'web'."
                                + " Configure sluice.ssl.web.…, or supply a bean of it"));
    }
}
