package io.sluice.it.boringssl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Counts the connections of each class of tests that BoringSSL encrypts. A class without any must be in {@link WithoutEngines}, and no other
 * class may be there. In each other class, every context must use BoringSSL, or be listed there. So neither a test nor one of its contexts
 * can return to JSSE unnoticed.
 */
public final class EngineUse implements BeforeAllCallback, AfterAllCallback {

    private static final Map<String, Integer> COUNTS = new TreeMap<>();

    private int before;

    /** Used by the service loader. */
    public EngineUse() {}

    @Override
    public void beforeAll(ExtensionContext context) {
        if (isOutermost(context)) {
            before = CountingProvider.ENGINES.get();
            JsseContexts.take();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        String name = context.getRequiredTestClass().getSimpleName();
        if (!isOutermost(context) || !isOfSuite(context)) {
            return;
        }
        int made = CountingProvider.ENGINES.get() - before;
        COUNTS.put(name, made);
        Files.writeString(
                Path.of(System.getProperty("basedir"), "target", "engines.properties"),
                COUNTS.entrySet().stream()
                        .map(count -> count.getKey() + " = " + count.getValue() + "\n")
                        .collect(Collectors.joining()));
        String reason = WithoutEngines.REASONS.get(name);
        if (reason == null) {
            assertThat(made)
                    .as("engines of BoringSSL that the tests of %s made", name)
                    .isPositive();
            assertThat(JsseContexts.take())
                    .as("contexts of %s that use JSSE", name)
                    .isSubsetOf(WithoutEngines.contexts(name));
        } else {
            assertThat(made)
                    .as("engines of BoringSSL for %s, because %s", name, reason)
                    .isZero();
        }
    }

    private static boolean isOfSuite(ExtensionContext context) {
        return !context.getRequiredTestClass().getPackage().equals(EngineUse.class.getPackage());
    }

    private static boolean isOutermost(ExtensionContext context) {
        return context.getRequiredTestClass().getEnclosingClass() == null;
    }
}
