package io.sluice.it.server;

import static io.sluice.it.server.Server.Capability.DEFAULT_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.sluice.it.support.FaultMatrix;
import io.sluice.it.support.Feature;
import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A fault at each step of a creation, with the same rows as on every container. */
@ServerTest
@Feature("outcomes")
class DeployedFaultMatrixTest {

    @ArquillianResource
    URI address;

    @Deployment(testable = false)
    static WebArchive application() {
        return Applications.faults();
    }

    @ParameterizedTest
    @MethodSource("io.sluice.it.support.FaultMatrix#cases")
    void createAfterFaultClosesSocketOnceAndEndsWhatWasMade(FaultMatrix.Case tried) throws Exception {
        assumeFalse(
                tried.row().equals(FaultMatrix.DEFAULT_WITHOUT_A_KEY)
                        && Server.current().has(DEFAULT_KEY),
                "the default context of this server has a key");
        assertThat(new Deployed(address).ask("fault", "row", tried.row(), "way", tried.way()))
                .isEqualTo("as expected");
    }
}
