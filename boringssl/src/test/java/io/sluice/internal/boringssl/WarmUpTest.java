package io.sluice.internal.boringssl;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.TestAuthority;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Warms up the engine that is used. In such a handshake, only the client is JSSE's. */
class WarmUpTest {

    private static final String NAME = "CountingTls";

    private final TestAuthority authority = TestAuthority.create("authority");
    private final AtomicInteger contexts = new AtomicInteger();

    /** The JDK's contexts, counted. */
    private final class Counting extends Provider {

        private static final long serialVersionUID = 1L;

        Counting() {
            super(NAME, "1", "counts contexts");
            putService(new Service(this, "SSLContext", "TLS", "counted", List.of(), Map.of()) {
                @Override
                public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
                    contexts.incrementAndGet();
                    return Security.getProvider("SunJSSE")
                            .getService("SSLContext", "TLS")
                            .newInstance(parameter);
                }
            });
        }
    }

    @BeforeEach
    void register() {
        Security.insertProviderAt(new Counting(), 1);
    }

    @AfterEach
    void unregister() {
        Security.removeProvider(NAME);
        TestContexts.assertNothingIsLeft();
    }

    private int contextsFor(int warmUp) {
        contexts.set(0);
        TestContexts.of(authority)
                .with("web.warm-up", Integer.toString(warmUp))
                .start()
                .close();
        return contexts.get();
    }

    @Test
    void eachHandshakeHasOneContextOfJsse() {
        contextsFor(0); // The JDK makes some once in a JVM.
        int cold = contextsFor(0);
        assertThat(contextsFor(5) - cold).isEqualTo(5);
    }
}
