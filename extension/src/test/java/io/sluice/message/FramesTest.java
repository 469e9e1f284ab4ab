package io.sluice.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The codecs of common protocols: each way to cut a stream gives the same messages, and bad input is refused. */
class FramesTest {

    private static final List<String> NAMES = List.of(
            "line",
            "crlf",
            "terminator:0d0a",
            "terminator:616161",
            "length:1",
            "length:2",
            "length:4",
            "length:1,inclusive",
            "length:2,inclusive,little-endian",
            "length:4,little-endian",
            "octet-counting",
            "syslog",
            "stx-etx",
            "mllp",
            "fixed:5");

    @Property(tries = 100)
    void anyChunksGiveTheSameMessages(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int largest)
            throws Exception {
        for (String name : NAMES) {
            Random random = new Random(seed);
            FrameCodec<byte[]> codec = Frames.bytes(Frames.named(name));
            List<byte[]> messages = messages(name, random);
            assertThat(received(codec, stream(codec, messages), () -> 1 + random.nextInt(largest)))
                    .as(name)
                    .containsExactlyElementsOf(messages);
        }
    }

    @Property(tries = 20)
    void twoPartsCutAtAnyByteGiveTheSameMessages(@ForAll long seed) throws Exception {
        for (String name : NAMES) {
            FrameCodec<byte[]> codec = Frames.bytes(Frames.named(name));
            List<byte[]> messages = messages(name, new Random(seed));
            byte[] stream = stream(codec, messages);
            for (int cut = 1; cut < stream.length; cut++) {
                int[] next = {cut, stream.length - cut};
                int[] at = {0};
                assertThat(received(codec, stream, () -> next[at[0]++]))
                        .as(name)
                        .containsExactlyElementsOf(messages);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "octet-counting,30203120",
        "octet-counting,3031",
        "octet-counting,20",
        "octet-counting,2d31",
        "octet-counting,3161",
        "octet-counting,3131313131313131313131",
        "syslog,0a",
        "syslog,30",
        "stx-etx,41",
        "stx-etx,0202",
        "mllp,0d0a41",
        "mllp,0b0b",
        "mllp,0b411c41",
        "'length:2,inclusive',0001",
        "'length:1,inclusive',00"
    })
    void refusesWhatIsNoFrame(String name, String hex) {
        ByteBuffer bytes = ByteBuffer.wrap(java.util.HexFormat.of().parseHex(hex));
        FrameMeter<ByteBuffer> meter = new FrameMeter<>(Frames.named(name), 100);
        meter.skip(bytes);
        assertThatThrownBy(() -> meter.lengthOf(bytes))
                .isInstanceOf(FrameException.class)
                .isNotInstanceOf(FrameTooLongException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "length:4,ffffffff",
        "length:4,80000000",
        "length:2,ffff",
        "octet-counting,3939393939393939393920",
        "fixed:101,00",
        "'length:4,inclusive',ffffffff"
    })
    void refusesALengthBeyondTheLimitBeforeThePayloadArrives(String name, String hex) {
        ByteBuffer bytes = ByteBuffer.wrap(java.util.HexFormat.of().parseHex(hex));
        assertThatThrownBy(() -> new FrameMeter<>(Frames.named(name), 100).lengthOf(bytes))
                .isInstanceOf(FrameTooLongException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "line,610a62",
        "line,610d",
        "crlf,610a",
        "terminator:6161,61",
        "octet-counting,''",
        "stx-etx,03",
        "stx-etx,02",
        "mllp,0b",
        "mllp,1c",
        "fixed:2,61"
    })
    void refusesAMessageThatIsNoPayload(String name, String hex) {
        ByteBuffer message = ByteBuffer.wrap(java.util.HexFormat.of().parseHex(hex));
        assertThatThrownBy(() -> Frames.named(name).encode(message)).isInstanceOf(FrameException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "lines",
                "line:1",
                "terminator:",
                "terminator:0",
                "length:3",
                "length:2,big",
                "fixed:0",
                "fixed:x"
            })
    void anUnknownNameListsThePossibleOnes(String name) {
        assertThatThrownBy(() -> Frames.named(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'")
                .hasMessageContaining("octet-counting, non-transparent, syslog, stx-etx, mllp");
    }

    @Test
    void textReportsWhatIsMalformed() {
        FrameCodec<String> utf8 = Frames.text(Frames.line(), UTF_8);
        assertThatThrownBy(() -> utf8.decode(ByteBuffer.wrap(new byte[] {(byte) 0xC3, '\n'})))
                .isInstanceOf(FrameException.class);
        assertThatThrownBy(() -> Frames.text(Frames.line(), ISO_8859_1).encode("\u20ac"))
                .isInstanceOf(FrameException.class);
    }

    @Property(tries = 20)
    void lineEndsBetweenBlocksBelongToNone(@ForAll @IntRange(min = 1, max = 9) int chunk) throws Exception {
        FrameCodec<String> codec = Frames.text(Frames.mllp(), UTF_8);
        byte[] stream = "\r\n\u000bone\u001c\r\n\r\n\u000btwo\u001c\r\n".getBytes(UTF_8);
        assertThat(received(codec, stream, () -> chunk)).containsExactly("one", "two");
    }

    private static List<byte[]> messages(String name, Random random) {
        List<byte[]> messages = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            boolean notEmpty = name.equals("octet-counting") || name.equals("syslog");
            byte[] message = new byte[name.equals("fixed:5") ? 5 : random.nextInt(15) + (notEmpty ? 1 : 0)];
            for (int at = 0; at < message.length; at++) {
                // No byte that marks a frame in any of the formats.
                message[at] = (byte) (name.startsWith("length") ? random.nextInt(256) : 'A' + random.nextInt(26));
            }
            messages.add(message);
        }
        return messages;
    }

    private static byte[] stream(FrameCodec<byte[]> codec, List<byte[]> messages) throws Exception {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            for (ByteBuffer part : codec.encode(message)) {
                byte[] bytes = new byte[part.remaining()];
                part.get(bytes);
                stream.write(bytes);
            }
        }
        return stream.toByteArray();
    }

    private static <M> List<M> received(FrameCodec<M> codec, byte[] stream, java.util.function.IntSupplier chunks)
            throws Exception {
        List<M> messages = new ArrayList<>();
        FrameMeter<M> meter = new FrameMeter<>(codec, 100);
        int start = 0;
        for (int end = 0; end < stream.length; ) {
            end = Math.min(stream.length, end + chunks.getAsInt());
            while (start < end) {
                ByteBuffer rest = ByteBuffer.wrap(stream, start, end - start);
                meter.skip(rest);
                start = rest.position();
                if (!rest.hasRemaining()) {
                    break;
                }
                int length = meter.lengthOf(rest);
                if (length == 0 || length > end - start) {
                    break;
                }
                messages.add(codec.decode(ByteBuffer.wrap(stream, start, length)));
                meter.reset();
                start += length;
            }
        }
        assertThat(start).isEqualTo(stream.length);
        return messages;
    }
}
