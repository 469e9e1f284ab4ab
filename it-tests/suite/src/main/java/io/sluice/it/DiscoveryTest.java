package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdi.SluiceExtension;
import io.sluice.context.SslContext;
import io.sluice.context.SslContexts;
import io.sluice.it.support.Application;
import io.sluice.it.support.Greeting;
import io.sluice.it.support.Injectable;
import io.sluice.it.support.Peer;
import io.sluice.it.support.TwoContexts;
import io.sluice.stream.SocketStreamCreator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The library works with discovery and without. */
class DiscoveryTest {

    private final TwoContexts contexts = new TwoContexts();

    @ApplicationScoped
    static class Found {
        @Inject
        @SslContext("web")
        SocketStreamCreator creator;

        String identity(Peer peer) throws Exception {
            return Injectable.CREATOR.identity(creator, peer, creator);
        }
    }

    private Application.Builder application() {
        return Application.configured().with(contexts.properties()).beans(Found.class);
    }

    @Test
    void startWithoutDiscoveryServes() throws Exception {
        try (Application application = application().start()) {
            assertThat(application.get(Found.class).identity(contexts.peer())).isEqualTo("web");
        }
    }

    /** OpenWebBeans would discover the beans of all tests, including the invalid ones. */
    @Tag("weld")
    @Test
    void startWithDiscoveryServes() throws Exception {
        try (Application application = application().startDiscovering()) {
            assertThat(application.get(Found.class).identity(contexts.peer())).isEqualTo("web");
        }
    }

    /** Without discovery Weld loads no extension, so this one must be named. */
    @Tag("weld")
    @Test
    void bootWithoutDiscoveryNeedsTheExtensionNamed() {
        try (SeContainer without = initializer().initialize()) {
            assertThat(without.select(SslContexts.class).isUnsatisfied()).isTrue();
        }
        try (SeContainer with =
                initializer().addExtensions(new SluiceExtension()).initialize()) {
            assertThat(with.select(SslContexts.class).get().names()).containsExactly("default", "none");
        }
    }

    private static SeContainerInitializer initializer() {
        return SeContainerInitializer.newInstance().disableDiscovery().addBeanClasses(Greeting.class);
    }
}
