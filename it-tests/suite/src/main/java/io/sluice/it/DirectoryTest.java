package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.support.Application;
import io.sluice.it.support.Slapd;
import io.sluice.jsse.NamedSslSocketFactory;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.KeyAlgorithm;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.nio.file.Path;
import java.util.Hashtable;
import javax.naming.CommunicationException;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.Attributes;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK's LDAP client with a socket factory that it makes by name, and a real slapd whose certificate is for 127.0.0.1 only. */
class DirectoryTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("directory authority");
    private static final TestAuthority OTHER = TestAuthority.create("other");
    private static final TestChain CLIENT =
            AUTHORITY.issue(CertificateProfile.of("accounting").forClients());

    /** Half a minute, in milliseconds. */
    private static final String TIMEOUT = "30000";

    @TempDir
    static Path directory;

    private static Slapd slapd;

    public static class DirectoryTls extends NamedSslSocketFactory {

        public DirectoryTls() {
            super("directory");
        }

        public static SocketFactory getDefault() {
            return new DirectoryTls();
        }
    }

    public static class Misspelt extends NamedSslSocketFactory {

        public Misspelt() {
            super("directori");
        }

        public static SocketFactory getDefault() {
            return new Misspelt();
        }
    }

    @BeforeAll
    static void start() throws Exception {
        // GnuTLS, which Debian's slapd uses, does not read the EC keys that the JDK writes.
        CertificateProfile profile = CertificateProfile.of("directory.example").keyAlgorithm(KeyAlgorithm.RSA);
        slapd = Slapd.start(directory, AUTHORITY.issue(profile), AUTHORITY.pem());
    }

    @AfterAll
    static void stop() {
        if (slapd != null) {
            slapd.close();
        }
    }

    private static Application application(TestAuthority trusted, String... more) {
        return Application.configured(
                        "sluice.ssl.directory.trust-store.pem.certs", trusted.pem(),
                        "sluice.ssl.directory.key-store.pem.0.cert", CLIENT.pem(),
                        "sluice.ssl.directory.key-store.pem.0.key", CLIENT.keyPem())
                .with(more)
                .start();
    }

    /** Reads the entry of the server itself. */
    private static Attributes read(String host, Class<?> factory, boolean withTimeout) throws NamingException {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
        environment.put(Context.PROVIDER_URL, "ldaps://" + host + ":" + slapd.port());
        environment.put("java.naming.ldap.factory.socket", factory.getName());
        environment.put("com.sun.jndi.ldap.read.timeout", TIMEOUT);
        if (withTimeout) {
            environment.put("com.sun.jndi.ldap.connect.timeout", TIMEOUT);
        }
        DirContext context = new InitialDirContext(environment);
        try {
            return context.getAttributes("", new String[] {"supportedLDAPVersion"});
        } finally {
            context.close();
        }
    }

    /** With a time limit, the JDK makes the socket in another way. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void connectionHasKeyAndTrustOfTheContext(boolean withTimeout) throws Exception {
        try (Application application = application(AUTHORITY)) {
            assertThat(application.container().isRunning()).isTrue();
            assertThat(read("127.0.0.1", DirectoryTls.class, withTimeout)
                            .get("supportedLDAPVersion")
                            .get())
                    .isEqualTo("3");
        }
    }

    /** Without a time limit the handshake is in a thread of the JDK, and its failure may not reach the caller. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void serverThatTheContextDoesNotTrustIsRefused(boolean withTimeout) {
        try (Application application = application(OTHER)) {
            assertThat(application.container().isRunning()).isTrue();
            assertThatThrownBy(() -> read("127.0.0.1", DirectoryTls.class, withTimeout))
                    .isInstanceOf(CommunicationException.class)
                    .hasStackTraceContaining(withTimeout ? "unable to find valid certification path" : "bind failed");
        }
    }

    /** The JDK's client verifies it by itself, even if the context does not. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nameIsAlwaysVerified(boolean byContext) {
        try (Application application = application(
                AUTHORITY, "sluice.ssl.directory.hostname-verification-algorithm", byContext ? "HTTPS" : "NONE")) {
            assertThat(application.container().isRunning()).isTrue();
            assertThatThrownBy(() -> read("localhost", DirectoryTls.class, true))
                    .isInstanceOf(NamingException.class)
                    .hasStackTraceContaining("No subject alternative DNS name matching localhost found.");
        }
    }

    @Test
    void unknownContextIsTheCauseOfTheFailure() {
        try (Application application = application(AUTHORITY)) {
            assertThat(application.container().isRunning()).isTrue();
            assertThatThrownBy(() -> read("127.0.0.1", Misspelt.class, true))
                    .isInstanceOf(CommunicationException.class)
                    .cause()
                    .hasMessageContaining("there is no context 'directori' (did you mean directory?)");
        }
    }
}
