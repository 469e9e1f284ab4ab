package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A server in a separate process with few descriptors. */
class ScarceDescriptorsTest {

    @Test
    void serverOutOfDescriptorsServesWithinASecondOfReliefAndFloodsNoLog() throws Exception {
        String output = runWithDescriptors(160);
        assertThat(output).contains("served in scarcity: false");
        Matcher served = Pattern.compile("served after ms: (\\d+)").matcher(output);
        assertThat(served.find()).as(output).isTrue();
        assertThat(Integer.parseInt(served.group(1))).isLessThan(1_000);
        assertThat(output.split("cannot accept connections", -1)).as(output).hasSizeLessThanOrEqualTo(2);
    }

    private static String runWithDescriptors(int most) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // ulimit lowers both limits, because the JVM raises the soft one to the hard one.
        String command = "ulimit -n " + most + "; exec \"$0\" -cp \"$1\" " + ScarceDescriptors.class.getName();
        String classPath = Arrays.stream(
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .split(File.pathSeparator))
                .filter(entry -> !entry.endsWith(".jar")) // Each jar would use a descriptor at some time.
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(List.of("bash", "-c", command, java, classPath))
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(output).isZero();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }
}
