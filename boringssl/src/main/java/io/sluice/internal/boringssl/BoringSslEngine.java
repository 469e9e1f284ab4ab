package io.sluice.internal.boringssl;

import io.netty.util.ReferenceCountUtil;
import io.sluice.internal.engine.EngineAdapter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * An engine of BoringSSL.
 *
 * @param engine Netty's engine
 * @param ofContext the suites of its context, because a failed engine no longer knows its own
 * @param groups the groups of its key exchange
 * @param applicationProtocols those of its context, because the engine does not tell
 */
record BoringSslEngine(SSLEngine engine, List<String> ofContext, List<String> groups, List<String> applicationProtocols)
        implements EngineAdapter {

    /** Of no content that it could have now, so it is refused in every version and state. */
    private static final byte[] SPOILT_RECORD = {22, 3, 3, 0, 1, 0};

    private static final byte[] OVERLONG_RECORD =
            Arrays.copyOf(new byte[] {23, 3, 3, (byte) 0xff, (byte) 0xff}, 5 + LONGEST_FRAGMENT);

    /** Takes over an engine, which is released once. */
    static BoringSslEngine counted(
            SSLEngine engine, List<String> ofContext, List<String> groups, List<String> applicationProtocols) {
        LiveObjects.ENGINES.incrementAndGet();
        return new BoringSslEngine(engine, ofContext, groups, applicationProtocols);
    }

    static void free(SSLEngine engine) {
        ReferenceCountUtil.release(engine);
    }

    @Override
    public String provider() {
        return "BoringSSL";
    }

    @Override
    public List<String> cipherSuites() {
        List<String> suites = List.of(engine.getEnabledCipherSuites());
        if (!suites.isEmpty()) {
            return suites;
        }
        List<String> versions = List.of(engine.getEnabledProtocols());
        return ofContext.stream()
                .filter(suite -> versions.contains(Suites.OF_TLS_1_3.contains(suite) ? Suites.TLS_1_3 : Suites.TLS_1_2))
                .toList();
    }

    @Override
    public boolean toleratesOtherProtocols() {
        return !applicationProtocols.isEmpty() && !engine.getUseClientMode();
    }

    @Override
    public boolean prefersDirectBuffers() {
        return true;
    }

    @Override
    public boolean unwrapsSeveralRecords() {
        return true;
    }

    /** A client would follow a server that renegotiates once, so it never sees the message. */
    @Override
    public void raiseAlert(Violation violation, ByteBuffer record) {
        boolean shown = violation == Violation.RENEGOTIATION && !engine.getUseClientMode();
        EngineAdapter.failureOf(
                engine,
                shown
                        ? record
                        : ByteBuffer.wrap(violation == Violation.OVERLONG_RECORD ? OVERLONG_RECORD : SPOILT_RECORD));
    }

    @Override
    public @Nullable SSLException heldBackFailure() {
        return EngineAdapter.failureOf(engine, ByteBuffer.wrap(SPOILT_RECORD));
    }

    @Override
    public void release() {
        LiveObjects.ENGINES.decrementAndGet();
        free(engine);
    }
}
