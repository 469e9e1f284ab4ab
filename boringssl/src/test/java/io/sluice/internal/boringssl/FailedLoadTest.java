package io.sluice.internal.boringssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.SslContexts;
import io.sluice.it.support.Application;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A load that fails after it has made native contexts releases them. */
class FailedLoadTest {

    /** Two contexts with two sides. */
    private static final int CONTEXTS = 4;

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");

    @TempDir
    Path directory;

    /** Fails when a load reports, as its last step, that a certificate has expired. */
    private static final class BrokenLog extends Handler {

        private final Logger logger = Logger.getLogger("io.sluice.internal.context.ContextLoader");

        BrokenLog() {
            logger.addHandler(this);
        }

        @Override
        public void publish(LogRecord record) {
            throw new IllegalStateException("the log is broken");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
        }
    }

    @AfterEach
    void nothingIsLeft() {
        TestContexts.assertNothingIsLeft();
    }

    private TestContexts contexts() throws IOException {
        Files.writeString(directory.resolve("trust.pem"), AUTHORITY.pem());
        return TestContexts.of(
                        AUTHORITY,
                        AUTHORITY.issue(CertificateProfile.of("localhost").expired()))
                .with("web.trust-store.pem.certs", directory + "/trust.pem")
                .with("web.reload-period", "off");
    }

    @Test
    void firstLoadLeavesNothing() throws Exception {
        TestContexts contexts = contexts();
        BrokenLog log = new BrokenLog();
        try {
            assertThatThrownBy(contexts::start).hasMessageContaining("the log is broken");
        } finally {
            log.close();
        }
    }

    /** With the trust changed, the reload makes native contexts. Otherwise it has a share of those in use. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void reloadLeavesWhatIsInUse(boolean changesTrust) throws Exception {
        try (Application application = contexts().start()) {
            SslContexts contexts = application.get(SslContexts.class);
            if (changesTrust) {
                Files.writeString(
                        directory.resolve("trust.pem"),
                        AUTHORITY.pem() + TestAuthority.create("another").pem());
            }
            BrokenLog log = new BrokenLog();
            try {
                assertThatThrownBy(() -> contexts.reload("web")).hasMessageContaining("the log is broken");
            } finally {
                log.close();
            }
            assertThat(LiveObjects.CONTEXTS).hasValue(CONTEXTS);
            assertThat(contexts.describe("web").generation()).isEqualTo(1);
            contexts.reload("web");
            assertThat(LiveObjects.CONTEXTS).hasValue(CONTEXTS);
            assertThat(contexts.describe("web").generation()).isEqualTo(2);
        }
    }
}
