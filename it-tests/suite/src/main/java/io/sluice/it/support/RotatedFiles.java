package io.sluice.it.support;

import io.sluice.context.SslContexts;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.awaitility.Awaitility;

/** The key and the certificate of a context in files, which are replaced while the application runs. */
public record RotatedFiles(TestAuthority authority, Path directory, String context) {

    /** The time between two looks. */
    public static final String PERIOD = "100ms";

    /** Ample time for a look, and for the second one a second later. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Writes the first certificate. */
    public static RotatedFiles of(TestAuthority authority, Path directory, String context, String name)
            throws IOException {
        RotatedFiles files = new RotatedFiles(authority, directory, context);
        authority.issue(name).write(directory, context);
        return files;
    }

    /** The configuration of the context. */
    public Map<String, String> properties() {
        String prefix = "sluice.ssl." + context + ".";
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(prefix + "key-store.pem.0.cert", certificate().toString());
        properties.put(prefix + "key-store.pem.0.key", file(".key").toString());
        properties.put(prefix + "reload-period", PERIOD);
        return properties;
    }

    public Path certificate() {
        return file(".crt");
    }

    private Path file(String extension) {
        return directory.resolve(context + extension);
    }

    /** Replaces both files, each at once. */
    public TestChain replace(String name) throws IOException {
        TestChain chain = authority.issue(name);
        Path fresh = Files.createTempDirectory(directory, "fresh");
        chain.write(fresh, context);
        for (String extension : new String[] {".crt", ".key"}) {
            Files.move(fresh.resolve(context + extension), file(extension), StandardCopyOption.ATOMIC_MOVE);
        }
        return chain;
    }

    /** Waits until a generation is in use. */
    public void await(Application application, long generation) {
        Awaitility.await("generation " + generation + " of " + context)
                .pollInterval(Duration.ofMillis(20))
                .atMost(PATIENCE)
                .until(() ->
                        application.get(SslContexts.class).describe(context).generation() >= generation);
    }
}
