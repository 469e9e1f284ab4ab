package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares the API and that of the test kit with {@code api.txt} of their modules, so that a review sees each change. Also checks
 * that the Javadoc omits what is internal.
 */
@AnalyzeClasses(
        packages = "io.sluice",
        importOptions = {DoNotIncludeTests.class, ArchitectureTest.WithoutTesting.class})
class ApiTest {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final String TEST_KIT = "io.sluice.testing";
    private static final String RENEW =
            "mvn test -pl extension -am -Dtest=ApiTest -Dapi.write=true -Dsurefire.failIfNoSpecifiedTests=false";

    /** An optional Javadoc comment, and the annotations that follow it up to {@code @Internal}. */
    private static final Pattern INTERNAL = Pattern.compile(
            "(/\\*\\*(?:(?!\\*/).)*\\*/\\s*)?(?:^ *@[A-Z][\\w.]*(?:\\([^\\n]*\\))?\\n)*?^ *@Internal\\b",
            Pattern.DOTALL | Pattern.MULTILINE);

    @ArchTest
    static void theApiIsAsKept(JavaClasses classes) throws IOException {
        compare(
                "extension",
                classes.stream().filter(type -> !type.getPackageName().startsWith("io.sluice.internal")));
    }

    @ArchTest
    static void theApiOfTheTestKitIsAsKept(JavaClasses classes) throws IOException {
        compare(
                "testing",
                new ClassFileImporter()
                        .importPackages(TEST_KIT).stream()
                                .filter(type -> type.getPackageName().equals(TEST_KIT)));
    }

    private static void compare(String module, Stream<JavaClass> types) throws IOException {
        Path kept = Path.of("..", module, "api.txt");
        List<String> api = types.filter(ArchitectureTest::isApi)
                .sorted(Comparator.comparing(JavaClass::getName))
                .flatMap(ApiTest::lines)
                .toList();
        if (Boolean.getBoolean("api.write")) {
            Files.write(kept, api, StandardCharsets.UTF_8);
        }
        assertThat(String.join("\n", api))
                .as("the API is not that of %s/api.txt; to renew the file: %s", module, RENEW)
                .isEqualTo(String.join("\n", Files.readAllLines(kept, StandardCharsets.UTF_8)));
    }

    @ArchTest
    static void theJavadocOmitsWhatIsInternal(JavaClasses classes) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.startsWith(SOURCES.resolve("io/sluice/internal")))
                            .flatMap(ApiTest::shown))
                    .as("what is @Internal needs the Javadoc tag @hidden")
                    .isEmpty();
        }
    }

    private static Stream<String> shown(Path file) {
        String source;
        try {
            source = Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
        Matcher matcher = INTERNAL.matcher(source);
        return matcher
                .results()
                .filter(found -> found.group(1) == null || !found.group(1).contains("@hidden"))
                .map(found -> SOURCES.relativize(file) + ":"
                        + source.substring(0, found.end()).lines().count())
                .toList()
                .stream();
    }

    private static Stream<String> lines(JavaClass type) {
        return Stream.concat(
                Stream.of(shortened(declaration(type.reflect()))),
                type.getAllMembers().stream()
                        .filter(member -> isMember(member, type))
                        .map(member -> "    " + shortened(declaration(member)))
                        .sorted());
    }

    /** Returns true for a member that the type declares, or inherits from a superclass that is not API. */
    private static boolean isMember(JavaMember member, JavaClass type) {
        JavaClass owner = member.getOwner();
        boolean own = owner.equals(type);
        boolean hiddenOwner = owner.getPackageName().startsWith("io.sluice") && !ArchitectureTest.isApi(owner);
        return (own ? ArchitectureTest.isApi(member) : hiddenOwner && isPublic(member))
                && !member.getModifiers().contains(JavaModifier.SYNTHETIC)
                && !member.getModifiers().contains(JavaModifier.BRIDGE);
    }

    private static boolean isPublic(JavaMember member) {
        return member instanceof JavaMethod && member.getModifiers().contains(JavaModifier.PUBLIC);
    }

    private static String declaration(Class<?> type) {
        String parents = Stream.concat(
                        Stream.ofNullable(type.getGenericSuperclass()).filter(parent -> parent != Object.class),
                        Arrays.stream(type.getGenericInterfaces()))
                .map(Type::getTypeName)
                .collect(Collectors.joining(", "));
        // JDKs differ in whether they say that a type is sealed.
        String declaration = type.toGenericString().replaceAll("\\b(non-)?sealed ", "");
        return declaration + (parents.isEmpty() ? "" : " : " + parents) + permits(type);
    }

    private static String permits(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses())
                        .map(Class::getName)
                        .collect(Collectors.joining(", ", " permits ", ""))
                : "";
    }

    private static String declaration(JavaMember member) {
        String owner = member.getOwner().getName();
        if (member instanceof JavaField field) {
            return field.reflect().toGenericString().replace(owner + "." + field.getName(), field.getName());
        }
        if (member instanceof JavaConstructor constructor) {
            return constructor.reflect().toGenericString();
        }
        Method method = ((JavaMethod) member).reflect();
        Object ifAbsent = method.getDefaultValue();
        return method.toGenericString().replace(owner + "." + method.getName() + "(", method.getName() + "(")
                + (ifAbsent == null ? "" : " default " + literal(ifAbsent));
    }

    private static String literal(Object value) {
        return value instanceof Object[] values ? Arrays.toString(values) : "\"" + value + "\"";
    }

    private static String shortened(String declaration) {
        return declaration.replaceAll("\\bjava\\.lang\\.(?=[A-Z])", "");
    }
}
