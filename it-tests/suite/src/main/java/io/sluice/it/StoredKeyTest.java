package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContext;
import io.sluice.context.SslContexts;
import io.sluice.it.support.Application;
import io.sluice.it.support.HandshakePair;
import io.sluice.it.support.Postgres;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.DocumentedPage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import javax.sql.DataSource;
import javax.tools.ToolProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The class of docs/rotation.md that takes a key from a table, compiled from the page, with a real PostgreSQL. */
@Tag("long")
class StoredKeyTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("database authority");
    private static final TestChain CLIENT =
            AUTHORITY.issue(CertificateProfile.of("accounting").forClients());
    private static final TestAuthority BEFORE = TestAuthority.create("before");
    private static final TestAuthority AFTER = TestAuthority.create("after");
    private static final String PASSWORD = "changeit";

    /** Shared with the application's producer. */
    private static Postgres postgres;

    @TempDir
    Path directory;

    @TempDir
    Path classes;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private Class<?> storedKey;

    @ApplicationScoped
    public static class Database {

        /** The context belongs to it even if nothing else names it. */
        @Inject
        @SslContext("web")
        SocketStreamCreator creator;

        @Produces
        DataSource source() {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl("jdbc:postgresql://localhost:" + postgres.port() + "/postgres?user=sluice&sslmode=require"
                    + "&sslfactory=io.sluice.jsse.NamedSslSocketFactory&sslfactoryarg=database");
            return source;
        }
    }

    @BeforeEach
    void start() throws Exception {
        postgres = Postgres.start(directory, AUTHORITY.issue("localhost"), AUTHORITY.pem());
        Path source = Files.createDirectories(classes.resolve("com/example")).resolve("StoredKey.java");
        Files.writeString(source, DocumentedPage.of("rotation.md").block("database"));
        int failures = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", System.getProperty("java.class.path"), source.toString());
        assertThat(failures).isZero();
        ClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, before);
        storedKey = loader.loadClass("com.example.StoredKey");
        Thread.currentThread().setContextClassLoader(loader);
    }

    @AfterEach
    void stop() {
        Thread.currentThread().setContextClassLoader(before);
        if (postgres != null) {
            postgres.close();
        }
    }

    private static void store(Application application, String statement, TestChain chain) throws Exception {
        KeyStore store = chain.keyStore("PKCS12", "key", PASSWORD);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, PASSWORD.toCharArray());
        try (Connection connection = application.get(DataSource.class).getConnection();
                PreparedStatement prepared = connection.prepareStatement(statement)) {
            prepared.setBytes(1, bytes.toByteArray());
            assertThat(prepared.executeUpdate()).isEqualTo(1);
        }
    }

    private static String issuerShown(Application application) throws Exception {
        try (HandshakePair meeting = HandshakePair.of(application, "web", "peer")) {
            return meeting.client()
                    .orElseThrow()
                    .tls()
                    .orElseThrow()
                    .peerCertificates()
                    .get(0)
                    .getIssuerX500Principal()
                    .getName();
        }
    }

    @Test
    void keyOfTheTableIsUsedAndFollowed() throws Exception {
        try (Application application = Application.configured(
                        "sluice.ssl.database.trust-store.pem.certs", AUTHORITY.pem(),
                        "sluice.ssl.database.key-store.pem.0.cert", CLIENT.pem(),
                        "sluice.ssl.database.key-store.pem.0.key", CLIENT.keyPem(),
                        "sluice.ssl.peer.trust-store.pem.certs", BEFORE.pem() + AFTER.pem(),
                        "stored-key.password", PASSWORD)
                .beans(Database.class, storedKey)
                .start()) {
            try (Connection connection = application.get(DataSource.class).getConnection()) {
                connection.createStatement().execute("create table keys (name text primary key, store bytea)");
            }
            store(application, "insert into keys values ('web', ?)", BEFORE.issue("localhost"));
            // On this thread, because the source reads a Config, which is found by the thread's class loader.
            assertThat(application.get(SslContexts.class).get("web").parameters())
                    .isNotNull();
            assertThat(issuerShown(application)).isEqualTo("CN=before");

            store(application, "update keys set store = ? where name = 'web'", AFTER.issue("localhost"));
            Object bean = application
                    .container()
                    .select(storedKey, SslContext.Literal.of("web"))
                    .get();
            storedKey.getMethod("replaced").invoke(bean);

            Awaitility.await("the second generation")
                    .atMost(Duration.ofSeconds(20))
                    .until(() ->
                            application.get(SslContexts.class).describe("web").generation() == 2);
            assertThat(issuerShown(application)).isEqualTo("CN=after");
        }
    }
}
