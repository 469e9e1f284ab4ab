package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.testing.SocketPair;
import io.sluice.testing.TestCertificate;
import io.sluice.testing.internal.SocketKind;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The server name that a client sends (RFC 6066, 3): DNS names only, without a final dot. The certificate is always
 * verified.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class ServerNameTest {

    private static final TestCertificate CERTIFICATE = TestCertificate.ec("here.test");

    @ParameterizedTest
    @CsvSource({"here.test,here.test", "here.test.,here.test", "127.0.0.1,"})
    void addressIsCheckedButNotSentAndFinalDotIsRemoved(String given, String sent) throws Exception {
        SslContextSpecifier context = SslContextSpecifier.of(CERTIFICATE.context());
        try (SocketPair sockets = SocketKind.SOCKET.pair()) {
            FutureTask<SocketStream> connecting = new FutureTask<>(
                    () -> TestStreams.open(sockets.far(), context, SslSide.CLIENT, Initarg.serverName(given)));
            Thread thread = new Thread(connecting, "client");
            thread.setDaemon(true);
            thread.start();
            try (SocketStream server = TestStreams.open(sockets.near(), context, SslSide.SERVER);
                    SocketStream client = connecting.get(30, TimeUnit.SECONDS)) {
                assertThat(server.tls().orElseThrow().requestedServerName()).isEqualTo(Optional.ofNullable(sent));
                assertThat(client.isOpen()).isTrue();
            }
        }
    }
}
