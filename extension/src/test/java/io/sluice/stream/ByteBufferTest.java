package io.sluice.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.SocketPair;
import io.sluice.testing.TestCertificate;
import io.sluice.testing.internal.SocketKind;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads into buffers and writes of several buffers, in plaintext and over TLS, with each kind of socket and buffer. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class ByteBufferTest {

    private static final TestCertificate CERTIFICATE = TestCertificate.ec("localhost");

    private enum Memory {
        HEAP {
            @Override
            ByteBuffer allocate(int size) {
                return ByteBuffer.allocate(size);
            }
        },
        SLICE {
            @Override
            ByteBuffer allocate(int size) {
                return ByteBuffer.allocate(size + 9).position(5).slice().limit(size);
            }
        },
        DIRECT {
            @Override
            ByteBuffer allocate(int size) {
                return ByteBuffer.allocateDirect(size);
            }
        };

        abstract ByteBuffer allocate(int size);

        ByteBuffer of(byte[] bytes) {
            return allocate(bytes.length).put(bytes).flip();
        }
    }

    private record Row(boolean tls, SocketKind socket, Memory memory) {

        Ends open(Initarg... initargs) throws Exception {
            return ends(tls, socket.pair(), initargs);
        }
    }

    static Stream<Row> rows() {
        return Stream.of(false, true)
                .flatMap(tls -> Stream.of(SocketKind.values())
                        .flatMap(socket -> Stream.of(Memory.values()).map(memory -> new Row(tls, socket, memory))));
    }

    /** Both ends of a connection. */
    private record Ends(SocketStream near, SocketStream far) implements Closeable {

        @Override
        public void close() {
            near.abort();
            far.abort();
        }

        void send(String text) throws IOException {
            far.output().write(text.getBytes(US_ASCII));
        }
    }

    private static Ends ends(boolean tls, SocketPair sockets, Initarg... initargs) throws Exception {
        SslContextSpecifier server = tls ? SslContextSpecifier.of(CERTIFICATE.context()) : SslContextSpecifier.plain();
        SslContextSpecifier client =
                tls ? SslContextSpecifier.of(CERTIFICATE.trustingContext()) : SslContextSpecifier.plain();
        FutureTask<SocketStream> near =
                new FutureTask<>(() -> TestStreams.open(sockets.near(), server, SslSide.SERVER, initargs));
        new Thread(near).start();
        SocketStream far = TestStreams.open(sockets.far(), client, SslSide.CLIENT, serverName(tls));
        return new Ends(near.get(30, TimeUnit.SECONDS), far);
    }

    private static Initarg[] serverName(boolean tls) {
        return tls ? new Initarg[] {Initarg.serverName("localhost")} : new Initarg[] {};
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static String text(ByteBuffer filled) {
        byte[] bytes = new byte[filled.flip().remaining()];
        filled.get(bytes);
        return new String(bytes, US_ASCII);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void gatheredBytesArriveOnceAndInOrder(Row row) throws Exception {
        List<ByteBuffer> sources = new ArrayList<>();
        ByteBuffer all = ByteBuffer.allocate(2_000_000);
        for (int size : new int[] {3, 0, 5000, 1, 100_000, 16_384, 37 * 1024, 7, 300_000}) {
            byte[] bytes = random(size);
            all.put(bytes);
            ByteBuffer source = row.memory().of(bytes);
            sources.add(size % 2 == 0 ? source : source.asReadOnlyBuffer());
        }
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = {(byte) i, (byte) (i >> 8)};
            all.put(bytes);
            sources.add(row.memory().of(bytes));
        }
        byte[] expected = new byte[all.flip().remaining()];
        all.get(expected);
        try (Ends ends = row.open()) {
            FutureTask<byte[]> reading =
                    new FutureTask<>(() -> ends.far().input().readNBytes(expected.length));
            new Thread(reading).start();

            ends.near().write(sources.toArray(ByteBuffer[]::new));

            assertThat(reading.get(30, TimeUnit.SECONDS)).isEqualTo(expected);
            assertThat(sources).noneMatch(ByteBuffer::hasRemaining);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void readFillsFromThePositionAndEndsWithTheStream(Row row) throws Exception {
        byte[] sent = random(200_000);
        try (Ends ends = row.open()) {
            FutureTask<Void> sending = new FutureTask<>(() -> {
                ends.far().output().write(sent);
                ends.far().shutdownOutput();
                return null;
            });
            new Thread(sending).start();
            ByteBuffer target =
                    row.memory().allocate(sent.length + 10).position(4).limit(sent.length + 4);

            while (target.hasRemaining()) {
                int before = target.position();
                int n = ends.near().read(target);
                assertThat(n).isPositive();
                assertThat(target.position()).isEqualTo(before + n);
                assertThat(target.limit()).isEqualTo(sent.length + 4);
            }
            assertThat(ends.near().read(target)).isZero();
            byte[] got = new byte[sent.length];
            target.position(4).get(got);
            assertThat(got).isEqualTo(sent);
            assertThat(ends.near().read(target.clear())).isEqualTo(-1);
            assertThat(target.position()).isZero();
            sending.get(30, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void readThatTimesOutLeavesTheBufferAndLosesNothing(Row row) throws Exception {
        try (Ends ends = row.open(Initarg.readTimeout(Duration.ofMillis(100)))) {
            ByteBuffer target = row.memory().allocate(20).position(2);

            assertThatThrownBy(() -> ends.near().read(target))
                    .isInstanceOfSatisfying(
                            SocketStreamException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.READ_TIMEOUT));
            assertThat(target.position()).isEqualTo(2);

            ends.near().readTimeout(Duration.ofSeconds(30));
            ends.send("hello");
            assertThat(ends.near().read(target)).isEqualTo(5);
            assertThat(text(target.position(7).limit(20))).endsWith("hello");
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatTheReaderFetchedAndAFailedReadPutBackComesFirst(Row row) throws Exception {
        try (Ends ends = row.open(Initarg.readTimeout(Duration.ofSeconds(30)))) {
            ends.send("line\r\nrest");
            assertThat(ends.near().reader().readLine()).isEqualTo("line");
            ByteBuffer target = row.memory().allocate(3);
            assertThat(ends.near().read(target)).isEqualTo(3);
            assertThat(text(target)).isEqualTo("res");

            ends.near().readTimeout(Duration.ofMillis(100));
            assertThatThrownBy(() -> ends.near().input().readNBytes(5)).isInstanceOf(SocketStreamException.class);
            ByteBuffer left = row.memory().allocate(10);
            assertThat(ends.near().read(left)).isEqualTo(1);
            assertThat(text(left)).isEqualTo("t");
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void afterTheEndOfTheInputArrivedBytesAreRead(Row row) throws Exception {
        try (Ends ends = row.open()) {
            ends.send("ab");
            assertThat(ends.near().input().read()).isEqualTo('a');
            ends.near().shutdownInput();
            ByteBuffer target = row.memory().allocate(10);
            if (row.tls()) {
                assertThat(ends.near().read(target)).isEqualTo(1);
            }
            assertThat(ends.near().read(target)).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void invalidCallsFailBeforeAnythingIsSent(Row row) throws Exception {
        try (Ends ends = row.open()) {
            ByteBuffer buffer = row.memory().of(new byte[10]);
            assertThatThrownBy(() -> ends.near().read(buffer.asReadOnlyBuffer()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .isNotInstanceOf(ReadOnlyBufferException.class)
                    .hasMessageContaining("read-only");
            assertThatThrownBy(() -> ends.near().write(buffer, null)).isInstanceOf(NullPointerException.class);
            assertThat(buffer.remaining()).isEqualTo(10);
            ends.near().write();
            ends.near().close();
            assertThat(ends.far().input().read()).isEqualTo(-1);
            assertThatThrownBy(() -> ends.near().write(buffer))
                    .isInstanceOfSatisfying(
                            SocketStreamException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.CLOSED));
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void directionLimitsBuffersToo(Row row) throws Exception {
        ByteBuffer buffer = row.memory().allocate(4);
        try (Ends ends = row.open(Initarg.direction(Direction.INPUT))) {
            assertThatThrownBy(() -> ends.near().write(buffer)).isInstanceOf(IllegalStateException.class);
        }
        try (Ends ends = row.open(Initarg.direction(Direction.OUTPUT))) {
            assertThatThrownBy(() -> ends.near().read(buffer)).isInstanceOf(IllegalStateException.class);
        }
    }

    /** Counts the writes to a socket without a channel. */
    private static final class CountingSocket extends Socket {

        private final List<byte[]> writes = new ArrayList<>();

        CountingSocket(ServerSocket listener) throws IOException {
            super(InetAddress.getLoopbackAddress(), listener.getLocalPort());
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    writes.add(Arrays.copyOfRange(bytes, offset, offset + length));
                    out.write(bytes, offset, length);
                }
            };
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void smallBuffersLeaveTogether(boolean tls) throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                CountingSocket socket = new CountingSocket(listener);
                Ends ends = ends(tls, new SocketPair(socket, listener.accept()))) {
            socket.writes.clear();
            ByteBuffer[] sources = new ByteBuffer[300];
            for (int i = 0; i < sources.length; i++) {
                sources[i] = (i % 2 == 0 ? Memory.HEAP : Memory.DIRECT).of(new byte[10]);
            }

            ends.near().write(sources);

            assertThat(socket.writes).hasSize(1);
            byte[] written = socket.writes.get(0);
            if (tls) {
                int record = (written[3] & 0xff) << 8 | written[4] & 0xff;
                assertThat(written[0]).as("application data").isEqualTo((byte) 23);
                assertThat(written).as("a single record").hasSize(5 + record);
            } else {
                assertThat(written).hasSize(3000);
            }
        }
    }
}
