package io.sluice.stream;

import io.sluice.stream.SocketStreamException.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The characters of a connection: see {@link SocketStream#reader()}. The reader consumes no bytes beyond the characters that were
 * read, so reads of characters and of bytes may be mixed. A line ends with LF, CR or CR LF. {@code mark} is not supported.
 *
 * <p>A read that fails loses nothing: the next read returns what it had read, as characters or as bytes. This applies to
 * {@code readLine}, {@code lines}, {@code skip}, {@code readAllAsString} and {@code readAllLines}. Closing the reader closes
 * the stream. Not thread-safe.
 */
public final class StreamReader extends BufferedReader {

    /** More bytes than any character needs with its escape sequences. */
    private static final int MOST_BYTES_EACH = 16;

    /** How many skipped characters are kept until the skip has succeeded. */
    private static final int MOST_SKIPPED = 1 << 20;

    private final StreamConnection connection;
    private final ReceivedBytes received;
    private final CharsetDecoder decoder;
    private final CharBuffer pair = CharBuffer.allocate(2);
    /** Decoded from the beginning of the received bytes. */
    private final DecodedCharacters decoded = new DecodedCharacters();

    private boolean ended;
    /** The LF of a CR LF is skipped when it arrives, and not waited for. */
    private boolean afterCarriageReturn;

    StreamReader(StreamConnection connection, ReceivedBytes received, Charset charset) {
        super(Reader.nullReader(), 1);
        this.connection = connection;
        this.received = received;
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
    }

    /** Lets the received bytes be read as bytes, except the LF of a CR LF, for which it waits like a read. */
    void undecode() throws SocketStreamException {
        skipLineFeed();
        decoded.undecode();
    }

    /** The second half of a character belongs to the plaintext, and could not be distinguished from what follows over TLS. */
    void requireNoHalfCharacter() {
        if (decoded.beginsHalfway()) {
            throw new IllegalStateException(
                    "attachSsl: only half of a character (a surrogate pair) was read. Read the" + " other half first");
        }
    }

    /** The same before other bytes follow. */
    void releaseBytes() throws SocketStreamException {
        undecode();
        decoder.reset();
    }

    /** Discards what was decoded. */
    void discard() {
        decoded.clear();
    }

    /** Continues after the end of TLS, which is not the end of the connection. */
    void resume() {
        if (ended) {
            ended = false;
            decoder.reset();
        }
    }

    /** How many bytes can be read without waiting. */
    int bytesAvailable() {
        return lineFeedIsSkipped() ? received.size() + connection.arrived() : 0;
    }

    @Override
    public int read() throws IOException {
        skipLineFeed();
        return has(1) ? take() : -1;
    }

    @Override
    public int read(char[] characters, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, characters.length);
        if (length == 0) {
            return 0;
        }
        skipLineFeed();
        if (!has(1)) {
            return -1;
        }
        CharBuffer target = CharBuffer.wrap(characters, offset, length);
        while (target.hasRemaining() && decoded.size() > 0) {
            target.put(take());
        }
        if (target.hasRemaining()) {
            takeDecoded();
            decoder.decode(received.bytes(), target, ended);
            received.skip(0);
        }
        return target.position() - offset;
    }

    /**
     * Reads a line of any length. If the peer is not trusted, use {@link #readLine(int)}, which has a limit.
     *
     * @return the line without its end; null at the end of the stream
     * @throws SocketStreamException the condition; the part of the line that was read stays in this reader
     */
    @Override
    public @Nullable String readLine() throws IOException {
        return line(Integer.MAX_VALUE);
    }

    /**
     * Reads a line of limited length, and buffers no more than that. A longer line is the condition {@code LINE_TOO_LONG}: the
     * connection stays open, and the whole line can still be read.
     *
     * @param maxChars the largest number of characters in a line, without its end
     * @return the line without its end; null at the end of the stream
     * @throws SocketStreamException the condition; the part of the line that was read stays in this reader
     * @throws IllegalArgumentException if the limit is not positive
     */
    public @Nullable String readLine(int maxChars) throws IOException {
        if (maxChars <= 0) {
            throw new IllegalArgumentException("readLine: maxChars must be positive, but is " + maxChars);
        }
        return line(maxChars);
    }

    private @Nullable String line(int most) throws SocketStreamException {
        skipLineFeed();
        int length = 0;
        while (has(length + 1, most)) {
            char next = decoded.at(length);
            if (next == '\n' || next == '\r') {
                String line = decoded.text(length);
                take(length + 1);
                afterCarriageReturn = next == '\r';
                return line;
            }
            if (length == most) {
                throw connection.readFailed(tooLong(most));
            }
            length++;
        }
        return length == 0 ? null : takeText(length);
    }

    /** A peer may send nothing but escape sequences. */
    private boolean hasTooManyBytesFor(int most) {
        return decoded.bytes() > (long) MOST_BYTES_EACH * most + MOST_BYTES_EACH;
    }

    private SocketStreamException tooLong(int most) {
        return new SocketStreamException(
                Kind.LINE_TOO_LONG,
                connection.label() + ": read: the line has more than " + most + " characters. "
                        + ConditionAdvice.of(Kind.LINE_TOO_LONG));
    }

    /**
     * Reads all characters up to the end of the stream.
     *
     * @return the characters
     * @throws SocketStreamException the condition; what was read stays in this reader
     */
    // From JDK 25 on it overrides Reader's.
    public String readAllAsString() throws IOException {
        skipLineFeed();
        int length = 0;
        while (has(length + 1)) {
            length = decoded.size();
        }
        return takeText(length);
    }

    /**
     * Reads all lines up to the end of the stream.
     *
     * @return the lines without their ends
     * @throws SocketStreamException the condition; what was read stays in this reader
     */
    // From JDK 25 on it overrides Reader's.
    public List<String> readAllLines() throws IOException {
        return readAllAsString().lines().toList();
    }

    /** Returns whether a character can be read without waiting for the peer. */
    @Override
    public boolean ready() {
        if (!lineFeedIsSkipped()) {
            return false;
        }
        while (decoded.size() == 0 && !decodeNext()) {
            if (ended || !receiveArrived()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void mark(int limit) throws IOException {
        throw new IOException("mark is not supported, because bytes may be read in between");
    }

    @Override
    public void reset() throws IOException {
        throw new IOException("reset is not supported, because bytes may be read in between");
    }

    /**
     * Skips characters, up to the end of the stream. If a read fails, a skip of more than a million characters may return a smaller
     * number, and the next read fails.
     *
     * @param count the number of characters to skip
     * @return the number of characters skipped
     * @throws SocketStreamException the condition; nothing was skipped
     * @throws IllegalArgumentException if the number is negative
     */
    @Override
    public long skip(long count) throws IOException {
        if (count < 0) {
            throw new IllegalArgumentException("skip: the number of characters must not be negative, but is " + count);
        }
        return Skipping.skip(count, MOST_SKIPPED, this::skipBlock);
    }

    private int skipBlock(int most) throws SocketStreamException {
        skipLineFeed();
        int length = 0;
        while (length < most && has(length + 1)) {
            length++;
        }
        take(length);
        return length;
    }

    @Override
    public void close() {
        connection.close();
    }

    /** Waits until this number of characters is decoded. Returns false if the stream ends before. */
    private boolean has(int count) throws SocketStreamException {
        return has(count, Integer.MAX_VALUE);
    }

    /** Waits as {@link #has(int)} does, but buffers no more bytes than {@code most} characters can need. */
    private boolean has(int count, int most) throws SocketStreamException {
        while (decoded.size() < count) {
            if (!decodeNext()) {
                if (ended) {
                    return false;
                }
                if (hasTooManyBytesFor(most)) {
                    throw connection.readFailed(tooLong(most));
                }
                if (decoded.size() == 0 && most == Integer.MAX_VALUE) {
                    takeDecoded();
                }
                receive();
            }
        }
        return true;
    }

    private char take() {
        char character = decoded.at(0);
        take(1);
        return character;
    }

    private void take(int count) {
        received.skip(decoded.take(count));
    }

    private String takeText(int length) {
        String text = decoded.text(length);
        take(length);
        return text;
    }

    /** For when no character is decoded, at most a change of the decoder's state. */
    private void takeDecoded() {
        received.skip(decoded.bytes());
        decoded.undecode();
    }

    /** Decodes one character, or the surrogate pair of one byte sequence. Returns false if bytes are missing. */
    private boolean decodeNext() {
        ByteBuffer bytes = received.bytes();
        int start = bytes.position();
        bytes.position(start + decoded.bytes());
        pair.clear().limit(1);
        if (decoder.decode(bytes, pair, ended).isOverflow() && pair.position() == 0) {
            pair.limit(2);
            decoder.decode(bytes, pair, ended);
        }
        decoded.addWidth(bytes.position() - start - decoded.bytes());
        bytes.position(start);
        pair.flip();
        boolean any = pair.hasRemaining();
        while (pair.hasRemaining()) {
            decoded.add(pair.get());
        }
        return any;
    }

    private void skipLineFeed() throws SocketStreamException {
        while (!lineFeedIsSkipped()) {
            receive();
        }
    }

    /** Skips the LF of a CR LF if it has arrived. Returns false if the next character has not arrived yet. */
    private boolean lineFeedIsSkipped() {
        while (afterCarriageReturn) {
            if (decoded.size() > 0 || decodeNext()) {
                afterCarriageReturn = false;
                if (decoded.at(0) == '\n') {
                    take(1);
                }
            } else if (ended) {
                afterCarriageReturn = false;
            } else if (!receiveArrived()) {
                return false;
            }
        }
        return true;
    }

    /** Receives what the transport has without waiting. Returns false if there is nothing. */
    private boolean receiveArrived() {
        try {
            if (connection.arrived() == 0) {
                return false;
            }
            receive();
            return true;
        } catch (SocketStreamException e) {
            return false; // The next read reports it.
        }
    }

    private void receive() throws SocketStreamException {
        ended = !received.receive(connection);
    }
}
