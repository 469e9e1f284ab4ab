package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.Feature;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** A managed context that the server does not have. */
@ServerTest
@RequiresCapability(Server.Capability.TLS)
@Feature("server's TLS")
class UnmanagedContextTest {

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "unmanaged", managed = false, testable = false)
    static WebArchive unknownName() {
        return Wars.war("unmanaged", absent());
    }

    private static Map<String, String> absent() {
        return Server.current().managed("web", "absent");
    }

    @Test
    void nameThatTheServerDoesNotKnowIsReported() {
        assertThat(FailedDeployment.of(deployer, "unmanaged").message())
                .contains("Sluice found a problem:")
                .contains(absent().keySet())
                .containsPattern("the server('s Elytron subsystem)? has no [^.]*absent")
                .contains(", or correct the ");
    }
}
