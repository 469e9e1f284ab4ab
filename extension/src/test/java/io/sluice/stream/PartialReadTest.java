package io.sluice.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.sluice.stream.DrivenPeer.Link;
import io.sluice.stream.SocketStreamException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads that fail after they have received a part: the next read of any kind returns it. */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
@Execution(ExecutionMode.CONCURRENT)
class PartialReadTest {

    private static final String FIRST = "first half,";
    private static final String SECOND = "second half\n";
    private static final String ALL = FIRST + SECOND;

    /** Long enough for what was sent over the loopback interface to arrive. */
    private static final Duration SHORT = Duration.ofMillis(400);

    private static final Duration LONG = Duration.ofSeconds(30);

    private enum Accumulating {
        READ_LINE("first half,second half") {
            @Override
            String read(StreamConnection stream) throws Exception {
                return stream.reader().readLine();
            }
        },
        READ_LINE_LIMITED("first half,second half") {
            @Override
            String read(StreamConnection stream) throws Exception {
                return stream.reader().readLine(22);
            }
        },
        LINES("first half,second half") {
            @Override
            String read(StreamConnection stream) throws Exception {
                return stream.reader().lines().findFirst().orElseThrow();
            }
        },
        SKIP_CHARACTERS("\n") {
            @Override
            String read(StreamConnection stream) throws Exception {
                assertThat(stream.reader().skip(22)).isEqualTo(22);
                return Character.toString(stream.reader().read());
            }
        },
        READ_ALL_AS_STRING(ALL) {
            @Override
            String read(StreamConnection stream) throws Exception {
                return (String) newInJdk25(stream.reader(), "readAllAsString");
            }
        },
        READ_ALL_LINES("[first half,second half]") {
            @Override
            String read(StreamConnection stream) throws Exception {
                return newInJdk25(stream.reader(), "readAllLines").toString();
            }
        },
        READ_N_BYTES(ALL) {
            @Override
            String read(StreamConnection stream) throws Exception {
                return new String(stream.input().readNBytes(ALL.length()), UTF_8);
            }
        },
        READ_N_BYTES_INTO(ALL) {
            @Override
            String read(StreamConnection stream) throws Exception {
                byte[] bytes = new byte[ALL.length() + 2];
                assertThat(stream.input().readNBytes(bytes, 1, ALL.length())).isEqualTo(ALL.length());
                return new String(bytes, 1, ALL.length(), UTF_8);
            }
        },
        READ_ALL_BYTES(ALL) {
            @Override
            String read(StreamConnection stream) throws Exception {
                return new String(stream.input().readAllBytes(), UTF_8);
            }
        },
        SKIP_BYTES("\n") {
            @Override
            String read(StreamConnection stream) throws Exception {
                assertThat(stream.input().skip(22)).isEqualTo(22);
                return Character.toString(stream.input().read());
            }
        },
        SKIP_N_BYTES("\n") {
            @Override
            String read(StreamConnection stream) throws Exception {
                stream.input().skipNBytes(22);
                return Character.toString(stream.input().read());
            }
        };

        final String expected;

        Accumulating(String expected) {
            this.expected = expected;
        }

        abstract String read(StreamConnection stream) throws Exception;

        boolean isInThisJdk() {
            return this != READ_ALL_AS_STRING && this != READ_ALL_LINES
                    || Runtime.version().feature() >= 25;
        }

        /** Through Reader, as a caller compiled on JDK 25 does. */
        private static Object newInJdk25(Reader reader, String name) throws Exception {
            try {
                return Reader.class.getMethod(name).invoke(reader);
            } catch (InvocationTargetException e) {
                throw (Exception) e.getCause();
            }
        }
    }

    private DrivenPeer peer;

    @AfterEach
    void close() throws IOException {
        if (peer != null) {
            peer.close();
        }
    }

    private StreamConnection connect(Link link, Initarg... initargs) throws Exception {
        peer = link.connect(initargs);
        return peer.ours;
    }

    private void sendSoon(String text) throws IOException {
        peer.send(text);
        await().until(() -> peer.ours.available() >= text.length());
    }

    private interface Call {
        Object call() throws Exception;
    }

    private static void assertFails(Kind kind, Call call) {
        Throwable failure = catchThrowable(call::call);
        Throwable condition = failure instanceof java.io.UncheckedIOException ? failure.getCause() : failure;
        assertThat(condition)
                .isInstanceOfSatisfying(
                        SocketStreamException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private static void assertFails(Kind kind, Accumulating reading, StreamConnection stream) {
        assertFails(kind, () -> reading.read(stream));
    }

    static Stream<Arguments> reads() {
        return Stream.of(Link.values())
                .flatMap(link -> Stream.of(Accumulating.values())
                        .filter(Accumulating::isInThisJdk)
                        .map(read -> Arguments.of(link, read)));
    }

    @ParameterizedTest
    @MethodSource("reads")
    void readThatTimesOutWithinItsDataIsMadeAgain(Link link, Accumulating reading) throws Exception {
        StreamConnection stream = connect(link, Initarg.readTimeout(SHORT));
        sendSoon(FIRST);
        assertFails(Kind.READ_TIMEOUT, reading, stream);
        assertFails(Kind.READ_TIMEOUT, reading, stream);

        stream.transport().readTimeout(LONG);
        peer.send(SECOND);
        peer.end();
        assertThat(reading.read(stream)).isEqualTo(reading.expected);
    }

    @ParameterizedTest
    @MethodSource("reads")
    void whatATimedOutReadHadIsReadAsBytesAndCharacters(Link link, Accumulating reading) throws Exception {
        StreamConnection stream = connect(link, Initarg.readTimeout(SHORT));
        sendSoon(FIRST);
        assertFails(Kind.READ_TIMEOUT, reading, stream);

        assertThat(stream.input().available()).isEqualTo(FIRST.length());
        assertThat(stream.reader().ready()).isTrue();
        assertThat(stream.reader().read()).isEqualTo('f');
        assertThat(stream.input().read()).isEqualTo('i');
        char[] characters = new char[3];
        assertThat(stream.reader().read(characters)).isEqualTo(3);
        assertThat(characters).containsExactly('r', 's', 't');
        byte[] bytes = new byte[100];
        int count = stream.input().read(bytes);
        assertThat(new String(bytes, 0, count, UTF_8)).isEqualTo(" half,");
        assertFails(Kind.READ_TIMEOUT, () -> stream.input().read());
    }

    static Stream<Arguments> tlsReads() {
        return reads().filter(row -> ((Link) row.get()[0]).isTls());
    }

    @ParameterizedTest
    @MethodSource("tlsReads")
    void whatComesBeforeATruncationIsStillRead(Link link, Accumulating reading) throws Exception {
        StreamConnection stream = connect(link, Initarg.readTimeout(LONG));
        peer.send(FIRST);
        peer.cut();
        assertFails(Kind.TRUNCATED, reading, stream);

        char[] characters = new char[100];
        int count = stream.reader().read(characters);
        assertThat(new String(characters, 0, count)).isEqualTo(FIRST);
        assertFails(Kind.TRUNCATED, () -> stream.reader().read());
        assertFails(Kind.TRUNCATED, () -> stream.input().read());
    }

    @ParameterizedTest
    @EnumSource
    void transferHandsOnWhatItReadAndGoesOn(Link link) throws Exception {
        StreamConnection stream = connect(link, Initarg.readTimeout(SHORT));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        sendSoon(FIRST);
        assertFails(Kind.READ_TIMEOUT, () -> stream.input().transferTo(bytes));
        StringWriter text = new StringWriter();
        sendSoon(SECOND);
        assertFails(Kind.READ_TIMEOUT, () -> stream.reader().transferTo(text));
        sendSoon("third");
        peer.end();
        stream.transport().readTimeout(LONG);
        stream.input().transferTo(bytes);

        assertThat(bytes.toString(UTF_8)).isEqualTo(FIRST + "third");
        assertThat(text).hasToString(SECOND);
    }

    @ParameterizedTest
    @EnumSource
    void longLineIsAConditionAndIsReadOn(Link link) throws Exception {
        StreamConnection stream = connect(link, Initarg.readTimeout(LONG));
        peer.send("12345\r\n123456\r\n");

        assertThat(stream.reader().readLine(5)).isEqualTo("12345");
        assertFails(Kind.LINE_TOO_LONG, () -> stream.reader().readLine(5));
        assertThatThrownBy(() -> stream.reader().readLine(5))
                .hasMessageContaining("read: the line has more than 5 characters. Close the stream, or read");
        assertThat(stream.isOpen()).isTrue();
        assertThat(stream.input().read()).isEqualTo('1');
        assertThat(stream.reader().readLine(5)).isEqualTo("23456");
        peer.send("last");
        peer.end();
        assertThat(stream.reader().readLine(5)).isEqualTo("last");
        assertThat(stream.reader().readLine(5)).isNull();
        assertThatThrownBy(() -> stream.reader().readLine(0)).isInstanceOf(IllegalArgumentException.class);
    }

    /** What exceeds the limit stays in the socket, in any encoding. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "ISO-2022-JP"})
    void endlessLineOccupiesLittle(String charset) throws Exception {
        StreamConnection stream =
                connect(Link.PLAIN, Initarg.charset(Charset.forName(charset)), Initarg.readTimeout(LONG));
        byte[] endless = "\u001b(B".repeat(20_000).getBytes(ISO_8859_1);
        peer.send(charset.equals("UTF-8") ? "x".repeat(60_000).getBytes(UTF_8) : endless);
        assertFails(Kind.LINE_TOO_LONG, () -> stream.reader().readLine(100));
        assertThat(stream.available() - stream.arrived()).isBetween(100, 8192);
        byte[] again = new byte[60_000];
        stream.input().readNBytes(again, 0, again.length);
        assertThat(again).endsWith(Arrays.copyOfRange(again, 0, 6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16BE", "ISO-2022-JP", "Shift_JIS", "GB18030"})
    void lineThatTimesOutIsWholeInEveryCharset(String name) throws Exception {
        Charset charset = Charset.forName(name);
        byte[] line = "日本 line 日本\nx".getBytes(charset);
        StreamConnection stream =
                connect(Link.PLAIN, Initarg.charset(charset), Initarg.readTimeout(Duration.ofMillis(20)));
        for (int i = 0; i < line.length - "x".getBytes(charset).length - "\n".getBytes(charset).length; i++) {
            peer.send(new byte[] {line[i]});
            assertFails(Kind.READ_TIMEOUT, () -> stream.reader().readLine());
        }
        int left = line.length - "x".getBytes(charset).length - "\n".getBytes(charset).length;
        stream.transport().readTimeout(LONG);
        peer.send(Arrays.copyOfRange(line, left, line.length));
        assertThat(stream.reader().readLine()).isEqualTo("日本 line 日本");
        assertThat(stream.reader().read()).isEqualTo('x');
    }

    @ParameterizedTest
    @EnumSource
    void lineFeedOfALineThatWasReadIsNotReady(Link link) throws Exception {
        StreamConnection stream = connect(link, Initarg.readTimeout(LONG));
        peer.send("one\r");
        assertThat(stream.reader().readLine()).isEqualTo("one");
        peer.send("\n");
        // It arrives at some time, but is never counted.
        await().during(Duration.ofMillis(300))
                .until(() -> !stream.reader().ready() && stream.input().available() == 0);
        peer.send("\n2");
        await().until(() -> stream.input().available() == 2);
        assertThat(stream.reader().ready()).isTrue();
        assertThat(stream.reader().readLine()).isEmpty();
        assertThat(stream.input().read()).isEqualTo('2');
    }

    /** A character is ready once it is complete. */
    @ParameterizedTest
    @EnumSource
    void halfOfACharacterIsNotReady(Link link) throws Exception {
        StreamConnection stream = connect(link, Initarg.readTimeout(LONG));
        byte[] character = "é".getBytes(UTF_8);
        peer.send(new byte[] {character[0]});
        await().until(() -> stream.input().available() == 1);
        assertThat(stream.reader().ready()).isFalse();
        peer.send(new byte[] {character[1]});
        await().until(() -> stream.reader().ready());
        assertThat(stream.reader().read()).isEqualTo('é');
    }

    @ParameterizedTest
    @EnumSource
    void halfOfACharacterAtTheEndIsReplaced(Link link) throws Exception {
        StreamConnection stream = connect(link, Initarg.readTimeout(LONG));
        peer.send(new byte[] {'a', '\n', (byte) 0xc3});
        peer.end();
        assertThat(stream.reader().readLine()).isEqualTo("a");
        char[] characters = new char[4];
        assertThat(stream.reader().read(characters)).isEqualTo(1);
        assertThat(characters[0]).isEqualTo('\ufffd');
        assertThat(stream.reader().read()).isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource
    void skipThatCannotBePutBackEndsTheConnection(Link link) throws Exception {
        StreamConnection stream = connect(link, Initarg.readTimeout(Duration.ofSeconds(2)));
        byte[] much = new byte[(1 << 20) + 1000];
        Thread sender = new Thread(() -> {
            try {
                peer.send(much);
            } catch (IOException e) {
                // The connection ends.
            }
        });
        sender.start();
        assertThatThrownBy(() -> stream.input().skipNBytes(much.length + 1))
                .hasMessageContaining("a skip failed after 1048576 bytes, more than can be put back")
                .isInstanceOfSatisfying(
                        SocketStreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.READ_TIMEOUT));
        assertFails(Kind.CLOSED, () -> stream.input().read());
        sender.join();
    }

    @ParameterizedTest
    @EnumSource
    void manyBytesThatTimeOutAreWhole(Link link) throws Exception {
        StreamConnection stream = connect(link, Initarg.readTimeout(SHORT));
        String much = "0123456789".repeat(10_000);
        Thread sender = new Thread(() -> {
            try {
                peer.send(much);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        sender.start();
        for (int i = 0; i < 3; i++) {
            List.<Call>of(
                            () -> stream.input().readNBytes(much.length() + 1),
                            () -> stream.reader().readLine(),
                            () -> stream.input().skip(much.length() + 1))
                    .forEach(call -> assertFails(Kind.READ_TIMEOUT, call));
        }
        sender.join();
        peer.send("\n");
        assertThat(stream.reader().readLine(much.length())).isEqualTo(much);
    }
}
