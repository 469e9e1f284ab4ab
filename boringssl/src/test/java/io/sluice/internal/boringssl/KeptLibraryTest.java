package io.sluice.internal.boringssl;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.internal.ChildJvm;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** BoringSSL stays loaded when no application uses it any more. */
@EnabledOnOs(OS.LINUX)
class KeptLibraryTest {

    @TempDir
    Path directory;

    /** Without a reference to Netty's class loader, the JVM unloads BoringSSL, and at the end of the thread it crashes. */
    @ParameterizedTest
    @CsvSource({"bundled, kept", "shared, collected"})
    void threadThatUsedItEndsAfterTheApplication(String netty, String application) throws Exception {
        String output = ChildJvm.of(EndedApplication.class)
                .options("-XX:ErrorFile=" + directory.resolve("crash.log"), "-XX:-CreateCoredumpOnCrash")
                .run(netty);
        assertThat(output)
                .contains("application " + application + ", Netty kept, copies 1")
                .contains("the thread has ended");
    }
}
