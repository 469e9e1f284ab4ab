package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sluice.context.SslContextException;
import io.sluice.internal.context.ContextRegistry.Invalid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated
class ContextRegistryTest {
    private final AtomicInteger loads = new AtomicInteger();

    private ContextSource good() {
        return attempt -> {
            loads.incrementAndGet();
            return ContextSource.jdkDefault().load(attempt);
        };
    }

    private static ContextSource bad(String name) {
        return attempt -> {
            throw new SslContextException(name + " is bad");
        };
    }

    @Test
    void validateLoadsEachContextOnce() throws Exception {
        Map<String, ContextSource> sources = new HashMap<>();
        for (int i = 0; i < 50; i++) {
            sources.put("c" + i, good());
        }
        ContextRegistry registry = new ContextRegistry(sources);

        assertThat(registry.validate()).isEmpty();
        assertThat(registry.validate()).isEmpty();
        registry.get("c7").parameters();

        assertThat(loads).hasValue(50);
    }

    @Test
    void validateTellsEveryContextThatCannotBeUsed() {
        ContextRegistry registry = new ContextRegistry(Map.of("b", bad("b"), "good", good(), "a", bad("a")));

        List<Invalid> invalid = registry.validate();

        assertThat(invalid).extracting(Invalid::context).containsExactly("a", "b");
        assertThat(invalid).extracting(each -> each.cause().getMessage()).containsExactly("a is bad", "b is bad");
    }

    @Test
    void validateNamesTheContextWhoseProviderFails() {
        ContextSource failing = attempt -> {
            throw new java.security.ProviderException("the token is gone");
        };
        ContextRegistry registry = new ContextRegistry(Map.of("b", bad("b"), "a", failing));

        assertThat(registry.validate())
                .extracting(each -> each.cause().getMessage())
                .containsExactly("context 'a' cannot be loaded: the token is gone", "b is bad");
    }

    @Test
    void validateLoadsInParallel() {
        CountDownLatch both = new CountDownLatch(2);
        ContextSource waiting = attempt -> {
            both.countDown();
            try {
                if (!both.await(10, TimeUnit.SECONDS)) {
                    throw new SslContextException("loaded alone");
                }
            } catch (InterruptedException e) {
                throw new SslContextException("interrupted", e);
            }
            return good().load(attempt);
        };
        org.junit.jupiter.api.Assumptions.assumeTrue(
                Runtime.getRuntime().availableProcessors() > 1, "this machine has one processor");

        assertThat(new ContextRegistry(Map.of("a", waiting, "b", waiting)).validate())
                .isEmpty();
    }

    @Test
    void validateSeesTheCallersClassPathAndLeavesNoThread() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        ClassLoader application = new java.net.URLClassLoader(new java.net.URL[0], before);
        ContextSource looking = attempt -> {
            if (Thread.currentThread().getContextClassLoader() != application) {
                throw new SslContextException("another class path");
            }
            return good().load(attempt);
        };
        try {
            Thread.currentThread().setContextClassLoader(application);
            assertThat(new ContextRegistry(Map.of("a", looking, "b", looking)).validate())
                    .isEmpty();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
        org.awaitility.Awaitility.await()
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("sluice-context-load")));
    }

    @Test
    void applicationsContextIsAskedForAtItsFirstUseAndOnce() {
        AtomicInteger asked = new AtomicInteger();
        ContextSource application = NamedContexts.application(() -> {
            asked.incrementAndGet();
            return SSLContext.getDefault();
        });
        ContextRegistry registry = new ContextRegistry(Map.of("web", application));

        registry.validate();
        assertThat(asked).hasValue(0);
        registry.get("web").parameters();
        registry.get("web").parameters();
        assertThat(asked).hasValue(1);
    }

    @Test
    void namesHoldNoneToo() {
        assertThat(new ContextRegistry(Map.of("web", good(), "api", good())).names())
                .containsExactly("api", "none", "web");
    }

    @Test
    void getOfAnUnknownNameSuggestsNearOnes() {
        ContextRegistry registry = new ContextRegistry(Map.of("web", good(), "default", good()));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.get("wbe"))
                .withMessage("there is no context 'wbe' (did you mean web?). Configure it under sluice.ssl.wbe,"
                        + " or use one of default, none, web");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.reload("other"))
                .withMessage("there is no context 'other'. Configure it under sluice.ssl.other,"
                        + " or use one of default, none, web");
    }
}
