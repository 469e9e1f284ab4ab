package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.Greeting;
import jakarta.inject.Inject;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("weld")
@ExtendWith(ArquillianExtension.class)
class ArquillianTest {

    @Inject
    Greeting greeting;

    @Deployment
    static JavaArchive application() {
        return ShrinkWrap.create(JavaArchive.class)
                .addClasses(Greeting.class)
                .addAsManifestResource(EmptyAsset.INSTANCE, "beans.xml");
    }

    @Test
    void deploymentInjectsItsBeanIntoTheTest() {
        assertThat(greeting.text()).isEqualTo("hello");
    }
}
