package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.callback.PeerVerdict;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.stream.TlsSession;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares docs/parity.md with the sources: the tests that it names exist, and it has all public names. */
class ParityTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String PAGE = text(ROOT.resolve("docs/parity.md"));

    /** A test class, with as much of its package as makes its name unique, and a method. */
    private static final Pattern TEST = Pattern.compile("`((?:[a-z]+\\.)*[A-Z]\\w*Test)\\.(\\w+)`");

    private static final Pattern CODE = Pattern.compile("`[^`\n]+`");

    private static final List<Path> SOURCES = sources();

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> sources() {
        try (Stream<Path> files = Stream.of("extension", "client", "it-tests/suite", "examples")
                .flatMap(module -> walk(ROOT.resolve(module)))) {
            return files.filter(file -> file.toString().endsWith("Test.java")).toList();
        }
    }

    private static Stream<Path> walk(Path module) {
        try {
            return Files.walk(module);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<String> tests() {
        return TEST.matcher(PAGE)
                .results()
                .map(MatchResult::group)
                .map(test -> test.replace("`", ""))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("tests")
    void testThatThePageNamesExists(String test) {
        int dot = test.lastIndexOf('.');
        Path file = Path.of(test.substring(0, dot).replace('.', '/') + ".java");
        List<Path> found =
                SOURCES.stream().filter(source -> source.endsWith(file)).toList();
        assertThat(found).as("sources of " + test).hasSize(1);
        assertThat(text(found.get(0)))
                .as(test)
                .containsPattern("@(Test|ParameterizedTest)\\b")
                .containsPattern("\\bvoid " + Pattern.quote(test.substring(dot + 1)) + "\\(");
    }

    @Test
    void everyRowNamesATest() {
        List<String> rows = PAGE.lines()
                .filter(line -> line.startsWith("|"))
                .filter(line -> !line.startsWith("|---") && !line.startsWith("| original"))
                .toList();
        assertThat(rows)
                .hasSizeGreaterThan(50)
                .allMatch(row -> TEST.matcher(row).find());
    }

    @Test
    void everyPublicNameIsOnThePage() {
        TreeSet<String> names = new TreeSet<>();
        Stream.of(Kind.values()).map(Kind::name).forEach(names::add);
        Stream.of(PeerVerdict.Result.values()).map(Enum::name).forEach(names::add);
        for (Class<?> type : List.of(Initarg.class, SocketStream.class, TlsSession.class)) {
            Stream.of(type.getDeclaredMethods())
                    .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                    .filter(method -> type != Initarg.class || Modifier.isStatic(method.getModifiers()))
                    .map(Method::getName)
                    .filter(name -> !name.equals("toString"))
                    .forEach(names::add);
        }
        String code = CODE.matcher(PAGE).results().map(MatchResult::group).collect(Collectors.joining(" "));
        assertThat(names)
                .hasSizeGreaterThan(80)
                .allSatisfy(name -> assertThat(code)
                        .as("the public name " + name)
                        .containsPattern("\\b" + Pattern.quote(name) + "\\b"));
    }
}
