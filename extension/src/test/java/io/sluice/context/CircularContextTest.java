package io.sluice.context;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.material.ParameterSettings;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A context that is built on itself is reported in words. */
class CircularContextTest {

    private static final String ADVICE =
            " Let the producer of @SslContext(\"x\") return a context that does not use Sluice's own context of that name";

    /** Built on the context that is found at the first use. */
    private static ReloadableContext on(String name, Function<ReloadableContext, SslContextSpecifier> source) {
        ReloadableContext[] made = new ReloadableContext[1];
        made[0] = new ReloadableContext(
                name, ContextSources.applicationSpecifier(name, () -> source.apply(made[0]), ParameterSettings.NONE));
        return made[0];
    }

    static Stream<Function<ReloadableContext, SslContextSpecifier>> sources() {
        return Stream.of(
                x -> x,
                x -> SslContextSpecifier.of(x.sslContext()),
                x -> SslContextSpecifier.of(NamedContexts.web().sslContext(), x.parameters()),
                x -> on("y", y -> x),
                x -> on("y", y -> SslContextSpecifier.of(x.sslContext())),
                x -> SslContextSpecifier.of(on("y", y -> x).sslContext()));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void sourceThatUsesItsOwnContextIsReported(Function<ReloadableContext, SslContextSpecifier> source) {
        ReloadableContext x = on("x", source);
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(x::load)
                    .isInstanceOf(SslContextException.class)
                    .hasMessage("context 'x' is built on itself." + ADVICE);
        }
    }

    @Test
    void producerOfItsOwnSslContextIsReported() {
        ReloadableContext[] x = new ReloadableContext[1];
        x[0] = new ReloadableContext(
                "x", ContextSources.application("x", () -> x[0].sslContext(), ParameterSettings.NONE));

        assertThatThrownBy(x[0]::load)
                .isInstanceOf(SslContextException.class)
                .hasMessage("context 'x' is built on itself." + ADVICE);
        assertThatThrownBy(() -> x[0].sslContext().createSSLEngine())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("context 'x' is built on itself." + ADVICE);
    }

    @Test
    @ResourceLock("javax.net.ssl.SSLContext.default")
    void defaultThatIsSetToItsOwnViewIsReported() throws Exception {
        ReloadableContext jdk = new ReloadableContext("default", ContextSources.jdkDefault());
        SSLContext before = SSLContext.getDefault();
        SSLContext.setDefault(jdk.sslContext());
        try {
            assertThatThrownBy(jdk::load)
                    .isInstanceOf(SslContextException.class)
                    .hasMessage(
                            "context 'default' is built on itself. Do not pass Sluice's own SSLContext of 'default' to"
                                    + " SSLContext.setDefault, and do not return it from a producer");
        } finally {
            SSLContext.setDefault(before);
        }
    }
}
