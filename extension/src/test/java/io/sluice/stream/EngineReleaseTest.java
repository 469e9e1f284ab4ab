package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.util.ReferenceCounted;
import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.internal.jsse.EngineRelease;
import io.sluice.internal.transport.RawSocket;
import io.sluice.internal.transport.Transport;
import io.sluice.internal.transport.TransportException;
import io.sluice.testing.SocketPair;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.internal.SocketKind;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;

class EngineReleaseTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("CA");

    @Test
    void aGivenEngineThatIsCountedIsUsedUpByItsConnection() throws Exception {
        HandshakeSide side = HandshakeSide.showing(AUTHORITY.issue("localhost")).speaking("TLSv1.3");
        SSLEngine engine = side.opensslEngine(false, AUTHORITY);
        ConnectionPlan upgrade = new ConnectionPlan(SslContextSpecifier.of(engine), Initargs.of(), SslSide.SERVER);
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
    void aGivenEngineThatIsCountedIsUsedUpByAFailedHandshakeToo() throws Exception {
        HandshakeSide side = HandshakeSide.showing(AUTHORITY.issue("localhost")).speaking("TLSv1.3");
        SSLEngine engine = side.opensslEngine(false, AUTHORITY);
        ConnectionPlan upgrade = new ConnectionPlan(SslContextSpecifier.of(engine), Initargs.of(), SslSide.SERVER);
        try (SocketPair sockets = SocketKind.SOCKET.pair()) {
            RawSocket raw = RawSocket.take(sockets.near());
            Transport transport = upgrade.transport(raw, upgrade.label(raw));
            sockets.far().getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            sockets.far().shutdownOutput();
            assertThatExceptionOfType(TransportException.class).isThrownBy(transport::handshake);
            assertThat(((ReferenceCounted) engine).refCnt()).isZero();
        }
    }

    @Test
    void aGivenEngineThatIsRefusedStaysItsOwners() throws Exception {
        HandshakeSide side = HandshakeSide.showing(AUTHORITY.issue("localhost")).speaking("TLSv1.3");
        SSLEngine engine = side.opensslEngine(false, AUTHORITY);
        SslContextSpecifier given = SslContextSpecifier.of(engine);
        try (SocketPair sockets = SocketKind.SOCKET.pair()) {
            RawSocket raw = RawSocket.take(sockets.near());
            ConnectionPlan asClient = new ConnectionPlan(given, Initargs.of(), SslSide.CLIENT);
            assertThatIllegalArgumentException().isThrownBy(() -> asClient.transport(raw, asClient.label(raw)));
            assertThat(((ReferenceCounted) engine).refCnt()).isEqualTo(1);

            ConnectionPlan asServer = new ConnectionPlan(given, Initargs.of(), SslSide.SERVER);
            asServer.transport(raw, asServer.label(raw)).close();
            assertThat(((ReferenceCounted) engine).refCnt()).isZero();
        }
    }

    @Test
    void anEngineOfTheJdkNeedsNoRelease() throws Exception {
        SSLEngine engine = HandshakeSide.showing(null).speaking("TLSv1.3").jdkEngine(true, AUTHORITY);
        EngineRelease.of(engine).run();
        assertThat(engine.isOutboundDone()).isFalse();
    }
}
