package io.sluice;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.sluice.server.EndpointSettings;
import io.sluice.server.ServerSettings;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.StreamTimeouts;
import io.sluice.server.ThreadKind;
import io.sluice.server.WhenFull;
import jakarta.enterprise.util.AnnotationLiteral;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;

/** Holds the one-way flow {@code config → context → stream → server}, which {@code cdi} wires. */
@AnalyzeClasses(
        packages = "io.sluice",
        importOptions = {DoNotIncludeTests.class, ArchitectureTest.WithoutTesting.class})
class ArchitectureTest {

    private static final DescribedPredicate<JavaClass> SETTINGS_OF_SERVERS = JavaClass.Predicates.belongToAnyOf(
            EndpointSettings.class,
            ServerSettings.class,
            SocketEndpoint.class,
            StreamTimeouts.class,
            ThreadKind.class,
            WhenFull.class);

    @ArchTest
    static final ArchRule materialStandsAlone = arrows("context.material");

    @ArchTest
    static final ArchRule managedKnowsMaterialOnly = arrows("context.managed", "context.material");

    @ArchTest
    static final ArchRule contextKnowsMaterialAndManaged = arrows("context", "context.material", "context.managed");

    @ArchTest
    static final ArchRule configKnowsContextAndTheSettingsOfServers = noClasses()
            .that()
            .resideInAPackage(qualified("config"))
            .should()
            .dependOnClassesThat(resideInAPackage("io.sluice..")
                    .and(not(resideInAnyPackage(
                            qualified("config"),
                            qualified("context"),
                            qualified("context.material"),
                            qualified("stream.proxy"))))
                    .and(not(SETTINGS_OF_SERVERS)))
            .because("of Sluice's packages, config knows only context, and of server what is configured")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule transportStandsAlone = arrows("stream.transport");

    @ArchTest
    static final ArchRule proxyStandsAlone = arrows("stream.proxy");

    @ArchTest
    static final ArchRule streamKnowsContextTransportAndProxy =
            arrows("stream", "context", "stream.transport", "stream.proxy");

    @ArchTest
    static final ArchRule serverKnowsStreamAndContext =
            arrows("server", "stream", "stream.proxy", "stream.transport", "context");

    @ArchTest
    static final ArchRule everyPackageHasItsArrows = classes()
            .should()
            .resideInAnyPackage(Stream.of(
                            "context",
                            "context.material",
                            "context.managed",
                            "config",
                            "stream",
                            "stream.transport",
                            "stream.proxy",
                            "server",
                            "cdi")
                    .map(ArchitectureTest::qualified)
                    .toArray(String[]::new))
            .because("a package that is new here gets its arrows first")
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
            .resideOutsideOfPackage("io.sluice.cdi")
            .should()
            .dependOnClassesThat(resideInAPackage("jakarta..").and(not(annotations())))
            .because("outside io.sluice.cdi, CDI is annotations only")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyConfigReadsConfiguration = noClasses()
            .that()
            .resideOutsideOfPackage("io.sluice.config")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.microprofile..")
            .because("io.sluice.config is the only reader of MicroProfile Config")
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

    private static ArchRule arrows(String from, String... to) {
        DescribedPredicate<JavaClass> allowed = resideInAnyPackage(Stream.concat(Stream.of(from), Stream.of(to))
                .map(ArchitectureTest::qualified)
                .toArray(String[]::new));
        return noClasses()
                .that()
                .resideInAPackage(qualified(from))
                .should()
                .dependOnClassesThat(resideInAPackage("io.sluice..").and(not(allowed)))
                .because("of Sluice's packages, " + from + " knows "
                        + (to.length == 0 ? "none other" : "only " + String.join(" and ", to)))
                .allowEmptyShould(true);
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

    /** What tests share is no part of the house. */
    static final class WithoutTesting implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/io/sluice/testing/");
        }
    }
}
