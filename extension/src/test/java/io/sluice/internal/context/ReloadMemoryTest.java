package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.EngineRequest;
import io.sluice.context.SslSide;
import io.sluice.internal.config.LiveContext;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thousands of reloads leave nothing behind: neither objects nor classes, whether they keep the JSSE context or make a new one. */
@Isolated("the heap of the JVM")
@Tag("figures")
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class ReloadMemoryTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final List<TestAuthority> TRUSTED = List.of(AUTHORITY, TestAuthority.create("other"));
    private static final List<TestChain> CHAINS = List.of(AUTHORITY.issue("localhost"), AUTHORITY.issue("localhost"));
    private static final int FIRST = 1_000;
    private static final int RELOADS = 10_000;

    /** A generation has more than ten kilobytes, so that one in a hundred that remained would be seen. */
    private static final long TOLERANCE = 1024 * 1024;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void heapAndClassesStayFlat(boolean changesTrust) throws Exception {
        LiveContext web = new LiveContext(
                "key-store.pem.0.cert", directory + "/web.crt",
                "key-store.pem.0.key", directory + "/web.key",
                "trust-store.pem.certs", directory + "/trust.pem");
        write(0, changesTrust);
        web.context().load();
        reload(web, 0, FIRST, changesTrust);
        long heap = used();
        long classes = loadedClasses();

        reload(web, FIRST, RELOADS, changesTrust);

        long moreBytes = used() - heap;
        long moreClasses = loadedClasses() - classes;
        System.getLogger(ReloadMemoryTest.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "{0} reloads: {1} bytes, {2} classes more",
                        RELOADS - FIRST,
                        moreBytes,
                        moreClasses);
        assertThat(moreBytes).as("bytes").isLessThan(TOLERANCE);
        assertThat(moreClasses).as("classes").isLessThan(50);
        assertThat(web.context().describe().generation()).isEqualTo(RELOADS + 1);
    }

    private void write(int reload, boolean changesTrust) throws Exception {
        CHAINS.get(reload % 2).write(directory, "web");
        if (changesTrust || reload == 0) {
            Files.writeString(
                    directory.resolve("trust.pem"), TRUSTED.get(reload % 2).pem());
        }
    }

    /** Each generation makes an engine and completes a handshake, so that sessions and tickets are made too. */
    private void reload(LiveContext web, int from, int to, boolean changesTrust) throws Exception {
        for (int reload = from + 1; reload <= to; reload++) {
            write(reload, changesTrust);
            web.context().reload();
            if (reload % 10 == 0) {
                SSLEngine client = AUTHORITY.trustingContext().createSSLEngine();
                client.setUseClientMode(true);
                Engines.handshake(client, web.context().engine(EngineRequest.of(SslSide.SERVER, "localhost", 0)));
            }
        }
    }

    private static long loadedClasses() {
        return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
    }

    private static long used() {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            System.gc();
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }
}
