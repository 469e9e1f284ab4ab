package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.Feature;
import io.sluice.it.support.Injectable;
import io.sluice.it.support.LookupPath;
import io.sluice.it.support.TwoContexts;
import java.net.URI;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that is injected has the requested context of the WAR's configuration; a peer checks this. */
@ServerTest
@Feature("injection")
class InjectionTest {

    private static final TwoContexts CONTEXTS = new TwoContexts();

    @ArquillianResource
    URI address;

    @Deployment(testable = false)
    static WebArchive application() {
        return Applications.injection(CONTEXTS);
    }

    static Stream<Arguments> everyInjectable() {
        return Stream.of(LookupPath.values())
                .flatMap(path -> Stream.of(Injectable.values())
                        .flatMap(injectable -> Stream.of(TwoContexts.WEB, TwoContexts.QUEUE)
                                .map(name -> Arguments.of(path, injectable, name))));
    }

    @ParameterizedTest
    @MethodSource("everyInjectable")
    void injectedIsOfTheContextAskedFor(LookupPath path, Injectable injectable, String name) throws Exception {
        assertThat(new Deployed(address).ask("identity", "path", path, "injectable", injectable, "context", name))
                .isEqualTo(name);
    }
}
