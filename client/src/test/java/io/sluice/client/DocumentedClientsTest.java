package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compiles the code of docs/clients.md. */
class DocumentedClientsTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\n(.*?)^```$");

    private static final String IMPORTS = """
            import io.sluice.client.*;
            import io.sluice.message.*;
            import io.sluice.stream.*;
            import jakarta.enterprise.context.*;
            import jakarta.inject.*;
            import java.io.*;
            import java.nio.charset.*;
            import org.eclipse.microprofile.faulttolerance.*;
            """;

    static Stream<String> examples() throws IOException {
        String page = Files.readString(Path.of("../docs/clients.md"));
        return BLOCK.matcher(page).results().map((MatchResult block) -> block.group(1)).toList().stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void documentedCodeCompiles(String code, @TempDir Path output) {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        JavaFileObject file = new SimpleJavaFileObject(URI.create("mem:///Example.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return IMPORTS + code;
            }
        };
        List<String> options =
                List.of("-proc:none", "-d", output.toString(), "-cp", System.getProperty("java.class.path"));
        ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, diagnostics, options, null, List.of(file))
                .call();
        assertThat(diagnostics.getDiagnostics().stream()
                        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                        .map(diagnostic -> diagnostic.getMessage(Locale.ENGLISH)))
                .isEmpty();
    }
}
