package io.sluice;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.EvaluationResult;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.sluice.internal.Internal;
import jakarta.enterprise.util.AnnotationLiteral;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;

/**
 * Enforces the one-way flow {@code config → context → stream → server}, which {@code cdi} wires, and the boundary of the
 * API.
 */
@AnalyzeClasses(
        packages = "io.sluice",
        importOptions = {DoNotIncludeTests.class, ArchitectureTest.WithoutTesting.class})
class ArchitectureTest {

    /** Each package with those on which it may depend. Every other dependency is forbidden. */
    private static final Map<String, List<String>> ARROWS = Map.ofEntries(
            arrows("internal"),
            arrows("internal.pem"),
            arrows("internal.settings", "internal.pem"),
            arrows("internal.managed", "internal.settings"),
            arrows("internal.jsse", "internal.settings"),
            arrows("internal.token", "internal.settings"),
            arrows("internal.material", "internal.pem", "internal.settings", "internal.token"),
            arrows("internal.caller", "internal.settings"),
            arrows("internal.security"),
            arrows("internal.jfr"),
            arrows("internal.engine", "internal.jsse", "internal.material", "internal.settings"),
            arrows(
                    "context",
                    "internal.caller",
                    "internal.engine",
                    "internal.jsse",
                    "internal.material",
                    "internal.settings"),
            arrows("context.callback", "context"),
            arrows(
                    "internal.context.handshake",
                    "context",
                    "context.callback",
                    "internal.caller",
                    "internal.jsse",
                    "internal.material",
                    "internal.settings"),
            arrows(
                    "internal.context",
                    "internal.context.handshake",
                    "context",
                    "internal.caller",
                    "internal.engine",
                    "internal.jfr",
                    "internal.jsse",
                    "internal.material",
                    "internal.settings",
                    "internal.token"),
            arrows(
                    "internal.context.source",
                    "context",
                    "context.callback",
                    "internal.caller",
                    "internal.context",
                    "internal.context.handshake",
                    "internal.engine",
                    "internal.jsse",
                    "internal.managed",
                    "internal.material",
                    "internal.settings",
                    "internal.tls.hello"),
            arrows("jsse", "context", "internal.context"),
            arrows("internal.tls.hello"),
            arrows("internal.tls", "internal.engine", "internal.jsse", "internal.tls.hello"),
            arrows("internal.transport", "internal.engine", "internal.tls", "internal.tls.hello"),
            arrows("stream.proxy"),
            arrows("internal.proxy", "stream.proxy"),
            arrows(
                    "stream",
                    "context",
                    "context.callback",
                    "internal.caller",
                    "internal.context",
                    "internal.context.handshake",
                    "internal.engine",
                    "internal.proxy",
                    "internal.tls",
                    "internal.transport",
                    "stream.proxy"),
            arrows("message", "internal.tls", "internal.transport", "stream"),
            arrows("event", "stream"),
            arrows("journal", "context", "stream"),
            arrows(
                    "internal.journal",
                    "context",
                    "context.callback",
                    "internal.context",
                    "internal.material",
                    "internal.settings",
                    "internal.tls",
                    "internal.tls.hello",
                    "journal",
                    "stream"),
            arrows(
                    "server",
                    "event",
                    "internal.context",
                    "internal.proxy",
                    "internal.tls",
                    "internal.tls.hello",
                    "internal.transport",
                    "message",
                    "stream",
                    "stream.proxy"),
            arrows("internal.trace", "event", "stream"),
            arrows("internal.metrics", "context", "event", "internal.settings", "server", "stream"),
            arrows(
                    "internal.config",
                    "context",
                    "internal.caller",
                    "internal.context",
                    "internal.context.handshake",
                    "internal.context.source",
                    "internal.settings",
                    "message",
                    "server",
                    "stream",
                    "stream.proxy"),
            arrows("management", "context", "journal", "server", "stream"),
            arrows("internal.management", "context", "internal.settings", "journal", "management", "server", "stream"),
            arrows("internal.cdi.container", "context", "internal.context", "stream"),
            arrows(
                    "internal.cdi.event",
                    "context",
                    "event",
                    "internal.cdi.container",
                    "internal.context",
                    "internal.jfr",
                    "internal.journal",
                    "internal.tls",
                    "internal.trace",
                    "internal.transport",
                    "server",
                    "stream"),
            arrows("internal.cdi.metrics", "context", "event", "internal.cdi.container", "internal.metrics", "server"),
            arrows("internal.cdi.scope", "internal.cdi.container", "server", "stream"),
            arrows("internal.cdi.stream", "internal.cdi.container", "internal.cdi.scope", "server", "stream"),
            arrows(
                    "internal.cdi.context",
                    "context",
                    "context.callback",
                    "internal.cdi.container",
                    "internal.cdi.stream",
                    "internal.config",
                    "internal.context",
                    "internal.context.handshake",
                    "internal.context.source",
                    "internal.settings",
                    "stream"),
            arrows(
                    "internal.cdi.endpoint",
                    "context",
                    "context.callback",
                    "internal.cdi.container",
                    "internal.cdi.context",
                    "internal.cdi.stream",
                    "internal.config",
                    "internal.context",
                    "internal.security",
                    "internal.settings",
                    "message",
                    "server",
                    "stream"),
            arrows(
                    "internal.cdi",
                    "context",
                    "event",
                    "internal.cdi.container",
                    "internal.cdi.context",
                    "internal.cdi.endpoint",
                    "internal.cdi.event",
                    "internal.cdi.scope",
                    "internal.cdi.stream",
                    "internal.config",
                    "internal.context",
                    "internal.journal",
                    "internal.managed",
                    "internal.management",
                    "internal.settings",
                    "journal",
                    "management",
                    "server",
                    "stream"),
            arrows(
                    "cdi",
                    "context",
                    "internal.cdi",
                    "internal.cdi.container",
                    "internal.cdi.stream",
                    "server",
                    "stream"));

    private static final DescribedPredicate<JavaClass> INTERNAL = resideInAPackage("io.sluice.internal..")
            .or(annotatedWith(Internal.class))
            .and(not(JavaClass.Predicates.equivalentTo(Internal.class)))
            .as("internal types");

    @ArchTest
    static void packagesKnowOnlyThoseBelow(JavaClasses classes) {
        assertThat(ARROWS.entrySet().stream()
                        .map(arrow -> arrow(arrow.getKey(), arrow.getValue()).evaluate(classes))
                        .filter(EvaluationResult::hasViolation)
                        .map(result -> result.getFailureReport().toString()))
                .isEmpty();
    }

    @ArchTest
    static final ArchRule everyPackageHasItsArrows = classes()
            .should()
            .resideInAnyPackage(
                    ARROWS.keySet().stream().map(ArchitectureTest::qualified).toArray(String[]::new))
            .because("a new package gets its arrows first")
            .allowEmptyShould(true);

    /** Everything that is not internal is API, so its signatures must not mention internal types. */
    @ArchTest
    static final ArchRule apiMentionsNothingInternal = members()
            .that(describe("are API", ArchitectureTest::isApi))
            .should(mentionOnly(not(INTERNAL)))
            .because("API must not mention an internal type")
            .allowEmptyShould(true);

    @ArchTest
    static void discoveryLeavesEveryPackageOut(JavaClasses classes) throws IOException {
        String archive;
        try (InputStream in = ArchitectureTest.class.getResourceAsStream("/META-INF/beans.xml")) {
            archive = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(classes)
                .allSatisfy(type -> assertThat(archive)
                        .contains("<exclude name=\""
                                + type.getPackageName().replaceFirst("(io\\.sluice\\.\\w+).*", "$1") + ".**\"/>"));
    }

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("io.sluice.(**)").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyCdiKnowsTheContainer = noClasses()
            .that()
            .resideOutsideOfPackages("io.sluice.cdi", "io.sluice.internal.cdi..")
            .should()
            .dependOnClassesThat(resideInAPackage("jakarta..").and(not(annotations())))
            .because("outside the cdi packages, CDI is annotations only")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyConfigReadsConfiguration = noClasses()
            .that()
            .resideOutsideOfPackage("io.sluice.internal.config")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.microprofile..")
            .because("io.sluice.internal.config is the only reader of MicroProfile Config")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule namesSayWhatAClassIs = noClasses()
            .that(are(not(assignableTo(TrustManager.class)).and(not(assignableTo(KeyManager.class)))))
            .should()
            .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Managers|Impl)")
            .orShould()
            .haveSimpleNameStartingWith("Generic")
            .because("such a name says nothing; JSSE's own managers excepted")
            .allowEmptyShould(true);

    private static Map.Entry<String, List<String>> arrows(String from, String... to) {
        return Map.entry(from, List.of(to));
    }

    private static ArchRule arrow(String from, List<String> to) {
        DescribedPredicate<JavaClass> allowed =
                resideInAnyPackage(Stream.concat(Stream.of(from, "internal"), to.stream())
                        .map(ArchitectureTest::qualified)
                        .toArray(String[]::new));
        return noClasses()
                .that()
                .resideInAPackage(qualified(from))
                .should()
                .dependOnClassesThat(resideInAPackage("io.sluice..").and(not(allowed)))
                .because("of Sluice's packages, " + from + " knows "
                        + (to.isEmpty() ? "no other" : "only " + String.join(" and ", to)))
                .allowEmptyShould(true);
    }

    static boolean isApi(JavaMember member) {
        return isVisible(member.getModifiers()) && !member.isAnnotatedWith(Internal.class) && isApi(member.getOwner());
    }

    static boolean isApi(JavaClass type) {
        return isVisible(type.getModifiers())
                && !INTERNAL.test(type)
                && type.getEnclosingClass().map(ArchitectureTest::isApi).orElse(true);
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static ArchCondition<JavaMember> mentionOnly(DescribedPredicate<JavaClass> allowed) {
        return new ArchCondition<>("mention only types that are " + allowed.getDescription()) {
            @Override
            public void check(JavaMember member, ConditionEvents events) {
                member.getAllInvolvedRawTypes().stream()
                        .filter(not(allowed))
                        .forEach(type -> events.add(SimpleConditionEvent.violated(
                                member, member.getFullName() + " mentions " + type.getName())));
            }
        };
    }

    private static DescribedPredicate<JavaClass> annotations() {
        return describe(
                "annotations and what goes with them",
                type -> type.isAnnotation()
                        || type.isAssignableTo(AnnotationLiteral.class)
                        || type.getPackageName().equals("jakarta.inject"));
    }

    private static String qualified(String name) {
        return "io.sluice." + name;
    }

    private static DescribedPredicate<JavaClass> are(DescribedPredicate<? super JavaClass> predicate) {
        return predicate.forSubtype();
    }

    /** Excludes the test kit. */
    static final class WithoutTesting implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/io/sluice/testing/");
        }
    }
}
