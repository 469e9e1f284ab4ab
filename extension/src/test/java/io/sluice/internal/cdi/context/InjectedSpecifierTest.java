package io.sluice.internal.cdi.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.context.ClientCertificates;
import io.sluice.internal.context.KeylessContexts;
import io.sluice.internal.context.NamedContexts;
import io.sluice.internal.context.ReloadableContext;
import io.sluice.internal.settings.ContextName;
import io.sluice.testing.TestAuthority;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** Diagnoses of a handshake see the context behind an injected specifier, such as one passed to attachSsl. */
class InjectedSpecifierTest {

    @Test
    void missingKeyIsFound() {
        ReloadableContext keyless = new ReloadableContext(new ContextName("web"), NamedContexts.application(() -> {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, null, null);
            return context;
        }));

        assertThat(KeylessContexts.contains(new InjectedSpecifier(keyless))).isTrue();
    }

    @Test
    void acceptedIssuersAreFound() {
        TestAuthority authority = TestAuthority.create("devices");
        ReloadableContext trusting = NamedContexts.web("trust-store.pem.certs", authority.pem());

        assertThat(ClientCertificates.issuersTakenBy(new InjectedSpecifier(trusting)))
                .containsExactly("CN=devices");
    }
}
