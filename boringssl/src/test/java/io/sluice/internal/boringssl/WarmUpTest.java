package io.sluice.internal.boringssl;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.TestAuthority;
import io.sluice.testing.internal.CountingJsse;
import java.security.Security;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Warms up the engine that is used. In such a handshake, only the client is JSSE's. */
class WarmUpTest {

    private final TestAuthority authority = TestAuthority.create("authority");
    private final CountingJsse jsse = new CountingJsse();

    @BeforeEach
    void register() {
        Security.insertProviderAt(jsse, 1);
    }

    @AfterEach
    void unregister() {
        Security.removeProvider(CountingJsse.NAME);
        TestContexts.assertNothingIsLeft();
    }

    private int contextsFor(int warmUp) {
        jsse.takeCount();
        TestContexts.of(authority)
                .with("web.warm-up", Integer.toString(warmUp))
                .start()
                .close();
        return jsse.takeCount();
    }

    @Test
    void eachHandshakeHasOneContextOfJsse() {
        contextsFor(0); // The JDK makes some once in a JVM.
        int cold = contextsFor(0);
        assertThat(contextsFor(5) - cold).isEqualTo(5);
    }
}
