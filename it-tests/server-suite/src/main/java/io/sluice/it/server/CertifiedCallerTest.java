package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** A client's certificate becomes the caller of the server's security, which checks roles. */
@ServerTest
@RequiresCapability(Server.Capability.CALLERS)
class CertifiedCallerTest {

    /** The server's realm has a user of this name, with the role {@code reader}. */
    private static final String KNOWN = "web.client.test";

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestChain SERVER = AUTHORITY.issue("localhost");
    private static final SSLContext READER = AUTHORITY.issue(KNOWN).context();

    @ArquillianResource
    URI address;

    @Deployment(testable = false)
    static WebArchive application() {
        return Applications.guarded(AUTHORITY, SERVER);
    }

    private String told(String endpoint, SSLContext client) throws IOException, InterruptedException {
        try (SSLSocket socket = TlsEchoClient.connect(client, new Deployed(address).port(endpoint))) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void rolesOfTheCertifiedCallerAreChecked() throws Exception {
        assertThat(told("guarded", READER)).isEqualTo("read=" + KNOWN + "\nwrite=denied");
    }

    /** The common name of the subject, in the configuration of the servers of these tests. */
    @Test
    void serverMapsTheSubjectIfThereAreNoRules() throws Exception {
        assertThat(told("mapped", READER)).isEqualTo("read=" + KNOWN + "\nwrite=denied");
        assertThat(told("mapped", AUTHORITY.issue("stranger.client.test").context()))
                .isEmpty();
    }

    @Test
    void callerEndsWithTheCall() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(told("guarded", READER)).startsWith("read=" + KNOWN);
            assertThat(told("unguarded", READER)).isEqualTo("read=denied\nwrite=denied");
        }
    }

    /** The rules admit the name, but the server does not know it. */
    @Test
    void callerWhomTheServerDoesNotKnowIsRefused() throws Exception {
        SSLContext stranger = AUTHORITY.issue("stranger.client.test").context();
        assertThat(told("guarded", stranger)).isEmpty();
        assertThat(told("unguarded", stranger)).isEqualTo("read=denied\nwrite=denied");
        assertThat(told("guarded", READER)).startsWith("read=" + KNOWN);
    }
}
