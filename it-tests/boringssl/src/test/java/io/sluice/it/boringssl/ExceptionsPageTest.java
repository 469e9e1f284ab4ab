package io.sluice.it.boringssl;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.JsseOnly;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.ReflectionSupport;

/** docs/engines.md lists the tests that BoringSSL does not pass, and why: exactly those that are annotated. */
@Tag("tls")
class ExceptionsPageTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+Test\\.\\w+)` \\| (.+) \\|$");

    @Test
    void pageListsTheExceptions() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("basedir"), "..", "..", "docs", "engines.md"));
        List<String> listed = ROW.matcher(page)
                .results()
                .map(row -> row.group(1) + ": " + row.group(2))
                .toList();

        assertThat(listed).isEqualTo(annotated());
    }

    private static List<String> annotated() {
        return ReflectionSupport.findAllClassesInPackage(
                        "io.sluice.it", type -> type.getEnclosingClass() == null, name -> name.endsWith("Test"))
                .stream()
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(JsseOnly.class))
                .map(ExceptionsPageTest::row)
                .sorted()
                .toList();
    }

    private static String row(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName() + ": "
                + method.getAnnotation(JsseOnly.class).value();
    }
}
