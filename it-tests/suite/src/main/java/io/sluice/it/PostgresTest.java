package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.support.Application;
import io.sluice.it.support.Postgres;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** pgjdbc with the socket factory that it makes by name, and a real PostgreSQL whose certificate is for 127.0.0.1 only. */
class PostgresTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("database authority");
    private static final TestAuthority OTHER = TestAuthority.create("other");
    private static final TestChain CLIENT =
            AUTHORITY.issue(CertificateProfile.of("accounting").forClients());

    @TempDir
    static Path directory;

    private static Postgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = Postgres.start(directory, AUTHORITY.issue("database.example"), AUTHORITY.pem());
    }

    @AfterAll
    static void stop() {
        if (postgres != null) {
            postgres.close();
        }
    }

    private static Application.Builder application(TestAuthority trusted) {
        return Application.configured(
                "sluice.ssl.database.trust-store.pem.certs", trusted.pem(),
                "sluice.ssl.database.key-store.pem.0.cert", CLIENT.pem(),
                "sluice.ssl.database.key-store.pem.0.key", CLIENT.keyPem());
    }

    private static String url(String host, String mode, String argument) {
        return "jdbc:postgresql://" + host + ":" + postgres.port() + "/postgres?user=sluice&sslmode=" + mode
                + "&sslfactory=io.sluice.jsse.NamedSslSocketFactory" + argument;
    }

    /** The name of the client certificate that the server has verified. */
    private static String clientSeenByServer(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("select ssl, client_dn from pg_stat_ssl where pid = pg_backend_pid()")) {
            assertThat(result.next()).isTrue();
            assertThat(result.getBoolean("ssl")).isTrue();
            return result.getString("client_dn");
        }
    }

    @ParameterizedTest
    @CsvSource({"require", "verify-ca", "verify-full"})
    void connectionHasKeyAndTrustOfTheContext(String mode) throws Exception {
        try (Application application = application(AUTHORITY).start()) {
            assertThat(application.container().isRunning()).isTrue();
            assertThat(clientSeenByServer(url("127.0.0.1", mode, "&sslfactoryarg=database")))
                    .isEqualTo("/CN=accounting");
        }
        try (Application application = application(OTHER).start()) {
            assertThat(application.container().isRunning()).isTrue();
            assertThatThrownBy(() -> clientSeenByServer(url("127.0.0.1", mode, "&sslfactoryarg=database")))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("unable to find valid certification path");
        }
    }

    /** The context verifies the name in every mode of pgjdbc. If its own verification is off, the mode decides. */
    @ParameterizedTest
    @CsvSource({
        "true, require, 'No subject alternative DNS name matching localhost found.'",
        "true, verify-ca, 'No subject alternative DNS name matching localhost found.'",
        "true, verify-full, 'No subject alternative DNS name matching localhost found.'",
        "false, require,",
        "false, verify-ca,",
        "false, verify-full, 'The hostname localhost could not be verified by hostnameverifier PgjdbcHostnameVerifier.'"
    })
    void nameIsVerifiedByTheContextAndByTheDriver(boolean byContext, String mode, String refusal) throws Exception {
        String url = url("localhost", mode, "&sslfactoryarg=database");
        try (Application application = application(AUTHORITY)
                .with("sluice.ssl.database.hostname-verification-algorithm", byContext ? "HTTPS" : "NONE")
                .start()) {
            assertThat(application.container().isRunning()).isTrue();
            if (refusal == null) {
                assertThat(clientSeenByServer(url)).isEqualTo("/CN=accounting");
            } else {
                assertThatThrownBy(() -> clientSeenByServer(url))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining(refusal);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "", textBlock = """
            &sslfactoryarg=databas | there is no context 'databas' (did you mean database?)
            &sslfactoryarg=none    | context 'none' is plaintext and has no SSLSocketFactory
                                   | was made without the name of a context. With pgjdbc, set sslfactoryarg to the name
            """)
    void driverReportsWhatTheFactorySays(String argument, String message) {
        try (Application application = application(AUTHORITY).start()) {
            assertThat(application.container().isRunning()).isTrue();
            assertThatThrownBy(() -> clientSeenByServer(url("127.0.0.1", "require", argument == null ? "" : argument)))
                    .isInstanceOf(SQLException.class)
                    .hasMessageStartingWith("SSL error: io.sluice.jsse.NamedSslSocketFactory")
                    .hasMessageContaining(message);
        }
    }

    /** The driver then connects on a thread of its own. */
    @Test
    void threadOfTheLoginTimeoutBelongsToTheApplicationToo() throws Exception {
        try (Application application = application(AUTHORITY).start()) {
            assertThat(application.container().isRunning()).isTrue();
            assertThat(clientSeenByServer(url("127.0.0.1", "verify-full", "&sslfactoryarg=database&loginTimeout=20")))
                    .isEqualTo("/CN=accounting");
        }
    }
}
