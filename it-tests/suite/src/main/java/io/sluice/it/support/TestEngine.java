package io.sluice.it.support;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The engine that the module tests with. A module that sets the property {@code test.engine} tests with BoringSSL. */
public final class TestEngine {

    private static final Pattern CONTEXT = Pattern.compile("(sluice\\.ssl\\.[a-z0-9-]+\\.)(?!reload-period$).*");

    private TestEngine() {}

    /** Tests whether every engine is one of JSSE. */
    public static boolean isJsse() {
        return System.getProperty("test.engine") == null;
    }

    /** Sets the engine of each context that is configured, unless the test sets it. A period alone configures no context. */
    static void configure(Map<String, String> properties) {
        String engine = System.getProperty("test.engine");
        if (engine != null) {
            properties.keySet().stream()
                    .map(CONTEXT::matcher)
                    .filter(Matcher::matches)
                    .map(matcher -> matcher.group(1))
                    .distinct()
                    .toList()
                    .forEach(context -> properties.putIfAbsent(context + "engine", engine));
        }
    }
}
