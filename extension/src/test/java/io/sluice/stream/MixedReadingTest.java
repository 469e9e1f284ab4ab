package io.sluice.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.internal.transport.PlainTransport;
import io.sluice.internal.transport.RawSocket;
import io.sluice.stream.SocketStreamException.Kind;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Characters and bytes of one connection, each read once. */
class MixedReadingTest {

    private ServerSocket server;
    private Socket peer;
    private StreamConnection connection;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        peer = new Socket(server.getInetAddress(), server.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        if (connection != null) {
            connection.close();
        }
        peer.close();
        server.close();
    }

    private StreamConnection connection(Initarg... initargs) throws IOException {
        RawSocket raw = RawSocket.take(server.accept());
        ConnectionLabel label = new ConnectionLabel("no TLS", raw.remoteAddress());
        connection = new StreamConnection(new PlainTransport(raw), label, Upgrades.none(initargs));
        return connection;
    }

    private void send(String text, Charset charset) throws IOException {
        peer.getOutputStream().write(text.getBytes(charset));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16BE", "ISO-2022-JP", "Shift_JIS"})
    void bytesAfterALineAreThoseBehindItInEveryCharset(String name) throws IOException {
        Charset charset = Charset.forName(name);
        send("日本 line\n", charset);
        peer.getOutputStream().write(new byte[] {0, 1, (byte) 0xff, 7});
        StreamConnection stream = connection(Initarg.charset(charset));

        assertThat(stream.reader().readLine()).isEqualTo("日本 line");
        assertThat(stream.input().readNBytes(4)).containsExactly(0, 1, 0xff, 7);
    }

    @Test
    void charactersAndBytesAlternateWithoutLoss() throws IOException {
        send("ab\r\n123cd\n45é", UTF_8);
        peer.shutdownOutput();
        StreamConnection stream = connection();

        assertThat(stream.reader().readLine()).isEqualTo("ab");
        assertThat(stream.input().readNBytes(3)).isEqualTo("123".getBytes(UTF_8));
        assertThat(stream.reader().readLine()).isEqualTo("cd");
        assertThat(stream.input().read()).isEqualTo('4');
        char[] two = new char[2];
        assertThat(stream.reader().read(two)).isEqualTo(2);
        assertThat(two).containsExactly('5', 'é');
        assertThat(stream.input().read()).isEqualTo(-1);
        assertThat(stream.reader().read()).isEqualTo(-1);
    }

    @Test
    void readAsksForNoMoreThanItNeeds() throws IOException {
        send("x𝄞yz", UTF_8);
        StreamConnection stream = connection();

        char[] one = new char[1];
        assertThat(stream.reader().read(one)).isEqualTo(1);
        assertThat(one).containsExactly('x');
        char[] pair = new char[2];
        assertThat(stream.reader().read(pair)).isEqualTo(2);
        assertThat(new String(pair)).isEqualTo("𝄞");
        assertThat(stream.input().read()).isEqualTo('y');
        assertThat(stream.reader().read()).isEqualTo('z');
    }

    @Test
    void aCarriageReturnEndsALineWithoutWaitingForALineFeed() throws IOException {
        send("MSH|1\r", ISO_8859_1);
        StreamConnection stream = connection(Initarg.readTimeout(Duration.ofSeconds(5)));
        assertThat(stream.reader().readLine()).isEqualTo("MSH|1");

        send("\nnext\r\n\r\nlast", ISO_8859_1);
        peer.shutdownOutput();
        assertThat(stream.reader().readLine()).isEqualTo("next");
        assertThat(stream.reader().readLine()).isEmpty();
        assertThat(stream.reader().readLine()).isEqualTo("last");
        assertThat(stream.reader().readLine()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16BE"})
    void theLineFeedOfALineReadIsNothingToBeRead(String name) throws IOException {
        Charset charset = Charset.forName(name);
        send("one\r\n", charset);
        StreamConnection stream = connection(Initarg.charset(charset), Initarg.readTimeout(Duration.ofSeconds(5)));
        assertThat(stream.reader().readLine()).isEqualTo("one");
        assertThat(stream.reader().ready()).isFalse();
        assertThat(stream.input().available()).isZero();

        send("two\r\n", charset);
        assertThat(stream.reader().readLine()).isEqualTo("two");
        send("3", charset);
        assertThat(stream.input().readNBytes("3".getBytes(charset).length)).isEqualTo("3".getBytes(charset));
    }

    @Test
    void theWriterClosesPastAWriteThatIsStuck() throws Exception {
        StreamConnection stream = connection();
        Writer writer = stream.writer();
        char[] much = new char[1 << 22];
        Thread stuck = new Thread(() -> {
            try {
                writer.write(much);
                writer.write(much);
            } catch (IOException e) {
                // Closed meanwhile, which is what this test tries.
            }
        });
        stuck.start();
        await().until(() -> Arrays.stream(stuck.getStackTrace()).anyMatch(frame -> frame.isNativeMethod()));
        writer.close();
        stuck.join(5_000);
        assertThat(stuck.isAlive()).isFalse();
    }

    @Test
    void malformedBytesAreReplacedNotLost() throws IOException {
        peer.getOutputStream().write(new byte[] {'a', (byte) 0xff, 'b', (byte) 0xc3});
        peer.shutdownOutput();

        assertThat(connection().reader().readLine()).isEqualTo("a\ufffdb\ufffd");
    }

    @Test
    void aReadThatTimesOutResumesInMidCharacter() throws IOException {
        byte[] note = "𝄞\n".getBytes(UTF_8);
        peer.getOutputStream().write(note, 0, 2);
        StreamConnection stream = connection(Initarg.readTimeout(Duration.ofMillis(50)));
        assertThatThrownBy(() -> stream.reader().read())
                .isInstanceOfSatisfying(
                        SocketStreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.READ_TIMEOUT));

        peer.getOutputStream().write(note, 2, 3);
        stream.transport().readTimeout(Duration.ofSeconds(5));
        assertThat(stream.reader().readLine()).isEqualTo("𝄞");
    }

    @Test
    void writtenCharactersAndBytesArriveInOrder() throws IOException {
        StreamConnection stream = connection(Initarg.charset(UTF_16BE));
        stream.writer().write("é");
        stream.output().write(7);
        stream.writer().append('x').append("\ud834").append("\udd1e");
        stream.close();

        assertThat(peer.getInputStream().readAllBytes()).containsExactly(0, 0xe9, 7, 0, 'x', 0xd8, 0x34, 0xdd, 0x1e);
    }

    @Test
    void theMissingSideOfADirectionIsRefused() throws IOException {
        StreamConnection stream = connection(Initarg.direction(Direction.INPUT));
        assertThatThrownBy(stream::writer)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(
                        "the stream has no output: it was created with direction INPUT (no TLS, peer 127.0.0.1:");
    }

    @Test
    void closingTheInputClosesTheConnection() throws IOException {
        StreamConnection stream = connection();
        stream.reader().close();
        assertThat(stream.isOpen()).isFalse();
        assertThat(peer.getInputStream().read()).isEqualTo(-1);
    }
}
