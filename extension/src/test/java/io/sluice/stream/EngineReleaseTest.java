package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.util.ReferenceCounted;
import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.stream.transport.RawSocket;
import io.sluice.stream.transport.Transport;
import io.sluice.testing.SocketKind;
import io.sluice.testing.SocketPair;
import io.sluice.testing.TestAuthority;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;

class EngineReleaseTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("CA");

    @Test
    void aGivenEngineThatIsCountedIsUsedUpByItsConnection() throws Exception {
        HandshakeSide side = HandshakeSide.showing(AUTHORITY.issue("localhost")).speaking("TLSv1.3");
        SSLEngine engine = side.opensslEngine(false, AUTHORITY);
        Upgrade upgrade = new Upgrade(SslContextSpecifier.of(engine), Initargs.of(), SslSide.SERVER);
        try (SocketPair sockets = SocketKind.SOCKET.pair()) {
            RawSocket raw = RawSocket.take(sockets.near());
            Transport transport = upgrade.transport(raw, upgrade.label(raw));
            assertThat(((ReferenceCounted) engine).refCnt()).isEqualTo(1);

            transport.close();
            transport.close();
            assertThat(((ReferenceCounted) engine).refCnt()).isZero();
            assertThatIllegalStateException()
                    .isThrownBy(() -> upgrade.transport(raw, upgrade.label(raw)))
                    .withMessageContaining("the given SSLEngine was used before");
        }
    }

    @Test
    void anEngineOfTheJdkNeedsNoRelease() throws Exception {
        SSLEngine engine = HandshakeSide.showing(null).speaking("TLSv1.3").jdkEngine(true, AUTHORITY);
        EngineRelease.of(engine).run();
        assertThat(engine.isOutboundDone()).isFalse();
    }
}
