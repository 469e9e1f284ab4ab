package io.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SocketsTest {

    @Test
    void pairIsConnectedAndClosedAsOne() throws IOException {
        SocketPair pair = SocketPair.open();
        try (pair) {
            pair.near().getOutputStream().write(7);
            assertThat(pair.far().getInputStream().read()).isEqualTo(7);
            assertThat(pair.near().getChannel()).isNull();
        }
        assertThat(pair.near().isClosed()).isTrue();
        assertThat(pair.far().isClosed()).isTrue();
    }

    @Test
    void nearSocketOfAChannelPairHasAChannel() throws IOException {
        try (SocketPair pair = SocketPair.openChannel(4096)) {
            pair.far().getOutputStream().write(7);
            assertThat(pair.near().getInputStream().read()).isEqualTo(7);
            assertThat(pair.near().getChannel()).isNotNull();
            assertThat(pair.far().getSendBufferSize()).isLessThan(100_000);
        }
    }

    @Test
    void writesAndClosesAreCounted() throws IOException {
        try (SocketPair pair = SocketPair.open()) {
            CountingSocket counting = new CountingSocket(pair.near());
            try (counting) {
                counting.getOutputStream().write(new byte[] {1, 2});
                counting.getOutputStream().write(3);
            }
            assertThat(pair.far().getInputStream().readAllBytes()).containsExactly(1, 2, 3);
            assertThat(counting.writeCount()).isEqualTo(2);
            counting.close();
            assertThat(counting.closeCount()).isEqualTo(2);
        }
    }

    @Test
    void stalledWriteSendsItsFirstHalfAndLaterTheRest() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                StallingSocket client = new StallingSocket(listener.getLocalPort());
                Socket server = listener.accept()) {
            client.stallNextWrite();
            client.getOutputStream().write(new byte[] {1, 2, 3, 4});
            assertThat(server.getInputStream().readNBytes(2)).containsExactly(1, 2);
            server.setSoTimeout(50);
            assertThatThrownBy(() -> server.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            client.sendRest();
            assertThat(server.getInputStream().readNBytes(2)).containsExactly(3, 4);
            assertThatIOException().isThrownBy(client::sendRest).withMessage("no write has stalled");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void noConnectionToAFullBacklogIsMade() throws IOException {
        try (FullBacklog full = FullBacklog.open("127.0.0.1");
                Socket client = new Socket()) {
            assertThatThrownBy(() -> client.connect(new InetSocketAddress("127.0.0.1", full.port()), 200))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }
}
