package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compiles the Java code that the README and the pages in docs show. */
class DocumentedCodeTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\n(.*?)^```$");
    private static final Pattern PATTERN_SWITCH = Pattern.compile("case \\w+<\\w+> ");

    /** Server APIs, and clients, that are not on this class path. A test of sluice-client compiles the latter. */
    private static final Pattern FOREIGN =
            Pattern.compile("org\\.apache\\.tomee|ContextServiceDefinition|@SocketClient");

    private static final String IMPORTS = """
            package documented;
            import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
            import io.sluice.context.*;
            import io.sluice.event.*;
            import io.sluice.journal.*;
            import io.sluice.jsse.*;
            import io.sluice.management.*;
            import io.sluice.message.*;
            import io.sluice.server.*;
            import io.sluice.stream.*;
            import io.sluice.stream.StreamResult.*;
            import io.sluice.testing.*;
            import jakarta.annotation.*;
            import jakarta.enterprise.context.*;
            import jakarta.enterprise.event.*;
            import jakarta.enterprise.inject.*;
            import jakarta.inject.*;
            import java.io.*;
            import java.net.*;
            import java.security.PrivateKey;
            import java.security.Security;
            import java.security.cert.X509Certificate;
            import java.nio.*;
            import java.nio.file.*;
            import java.lang.System.Logger;
            import java.lang.System.Logger.Level;
            import java.time.*;
            import java.util.*;
            import java.util.concurrent.*;
            import java.util.concurrent.atomic.*;
            import javax.net.*;
            import javax.net.ssl.*;
            import org.bouncycastle.jce.provider.BouncyCastleProvider;
            import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
            """;

    /** What the pages' code uses without declaring it. */
    private static final String UNDECLARED = """
            class Undeclared {
                static final Logger LOG = System.getLogger("documented");
                SocketStreamCreator creator;
                SocketServers servers;
                SslContexts contexts;
                TestAuthority authority;
                Socket socket;
                void serve(EchoStream stream) {}
                void log(SocketStreamException.Kind kind, String message) {}
                static class EchoStream extends SocketStream { void echo() throws IOException {} }
                static class Audit { void note(Object peer) {} }
            }
            """;

    record Example(String page, int line, String code) {
        @Override
        public String toString() {
            return page + ":" + line;
        }
    }

    static Stream<Example> examples() throws IOException {
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), pages.sorted())
                    .filter(page -> page.toString().endsWith(".md"))
                    .flatMap(DocumentedCodeTest::examples)
                    .filter(example -> !FOREIGN.matcher(example.code()).find())
                    .toList()
                    .stream();
        }
    }

    private static Stream<Example> examples(Path page) {
        String text;
        try {
            text = Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return BLOCK.matcher(text)
                .results()
                .map(block -> new Example(
                        page.getFileName().toString(),
                        (int) text.substring(0, block.start(1)).lines().count() + 1,
                        block.group(1)));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void documentedCodeCompiles(Example example, @TempDir Path output) {
        if (PATTERN_SWITCH.matcher(example.code()).find()) {
            assumeTrue(Runtime.version().feature() >= 21, "a pattern switch needs Java 21");
        }
        String code = example.code().replace("{ … }", "{}").replaceAll("(?m)^…$", "");

        if (code.startsWith("package ")) {
            assertThat(errors(output, code)).isEmpty();
            return;
        }
        String members = IMPORTS + UNDECLARED + "class Members extends Undeclared {\n" + code + "}\n";
        String statements = IMPORTS + UNDECLARED
                + "class Statements extends Undeclared { void run() throws Exception {\n" + code + "}}\n";
        List<String> asMembers = errors(output, members);
        assertThat(asMembers.isEmpty() ? asMembers : errors(output, statements))
                .as("as members of a class: %s", asMembers)
                .isEmpty();
    }

    private static List<String> errors(Path output, String source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        String name =
                source.contains("public class ") ? source.replaceFirst("(?s).*public class (\\w+).*", "$1") : "Example";
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("mem:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        List<String> options =
                List.of("-proc:none", "-d", output.toString(), "-cp", System.getProperty("java.class.path"));
        compiler.getTask(null, null, diagnostics, options, null, List.of(file)).call();
        return diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> diagnostic.getMessage(Locale.ENGLISH))
                .toList();
    }
}
