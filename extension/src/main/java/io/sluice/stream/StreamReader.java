package io.sluice.stream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Characters of a connection. It decodes no further than it was asked to: what it fetched and did not decode is the next
 * that the stream's bytes give, so characters and bytes may be mixed.
 *
 * <p>It is a {@link BufferedReader} for the sake of {@code readLine()} and {@code lines()}; the buffer is not the
 * superclass's. A line ends with LF, CR or CR LF. The LF of a CR LF is passed over when it comes, not waited for.
 */
final class StreamReader extends BufferedReader {

    private static final int FETCH = 2048;

    private final StreamConnection connection;
    private final CharsetDecoder decoder;
    private final ByteBuffer fetched = ByteBuffer.allocate(FETCH).limit(0);
    private final CharBuffer decoded = CharBuffer.allocate(2).limit(0);
    private boolean ended;
    private boolean afterCarriageReturn;

    StreamReader(StreamConnection connection, Charset charset) {
        super(Reader.nullReader(), 1);
        this.connection = connection;
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
    }

    /** The bytes fetched before those of the connection; waits as a read of the connection does. */
    int readBytes(byte[] bytes, int offset, int length) throws SocketStreamException {
        while (afterCarriageReturn && !passedOverLineFeed() && !ended) {
            fetch();
        }
        afterCarriageReturn = false;
        int count = Math.min(length, fetched.remaining());
        if (count == 0) {
            return connection.receive(bytes, offset, length);
        }
        fetched.get(bytes, offset, count);
        return count;
    }

    /** Half of a character was read: what its other half belongs to would be unclear afterwards. */
    void refuseUnreadCharacters() {
        if (decoded.hasRemaining()) {
            throw new IllegalStateException(
                    "attachSsl: the reader has decoded a character that was not read. Read it before");
        }
    }

    /** Gives up what was fetched and not decoded, without the LF of a CR LF, for which it waits as a read does. */
    ByteBuffer surrender() throws SocketStreamException {
        while (afterCarriageReturn && !passedOverLineFeed() && !ended) {
            fetch();
        }
        afterCarriageReturn = false;
        ByteBuffer left = ByteBuffer.allocate(fetched.remaining()).put(fetched).flip();
        fetched.limit(fetched.position());
        decoder.reset();
        return left;
    }

    /** Drops what was fetched. */
    void drop() {
        fetched.limit(fetched.position());
        decoded.limit(decoded.position());
    }

    /** The end that was seen was that of TLS; the connection goes on. */
    void goOn() {
        ended = false;
    }

    int bytesFetched() {
        passedOverLineFeed();
        return fetched.remaining();
    }

    /** Leaves out the LF of a CR LF if it is here already. False if the next character is still to come. */
    private boolean passedOverLineFeed() {
        if (!afterCarriageReturn) {
            return true;
        }
        int before = fetched.position();
        decodeOne();
        if (!decoded.hasRemaining()) {
            return false;
        }
        afterCarriageReturn = false;
        if (decoded.get(0) != '\n') {
            fetched.position(before);
        }
        decoded.limit(0);
        return true;
    }

    @Override
    public int read() throws IOException {
        int character = next();
        boolean passedOver = afterCarriageReturn && character == '\n';
        afterCarriageReturn = false;
        return passedOver ? next() : character;
    }

    @Override
    public int read(char[] characters, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, characters.length);
        if (length == 0) {
            return 0;
        }
        int first = read();
        if (first < 0) {
            return -1;
        }
        CharBuffer target = CharBuffer.wrap(characters, offset, length).put((char) first);
        if (target.hasRemaining() && decoded.hasRemaining()) {
            target.put(decoded.get());
        }
        decoder.decode(fetched, target, false);
        return target.position() - offset;
    }

    @Override
    public @Nullable String readLine() throws IOException {
        int character = read();
        if (character < 0) {
            return null;
        }
        StringBuilder line = new StringBuilder();
        while (character >= 0 && character != '\n' && character != '\r') {
            line.append((char) character);
            character = next();
        }
        afterCarriageReturn = character == '\r';
        return line.toString();
    }

    /** Whether a character can be read without waiting for the peer. */
    @Override
    public boolean ready() {
        passedOverLineFeed();
        return decoded.hasRemaining() || fetched.hasRemaining() || connection.available() > 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void mark(int limit) throws IOException {
        throw new IOException("mark is not supported: bytes may be read in between");
    }

    @Override
    public void reset() throws IOException {
        throw new IOException("reset is not supported: bytes may be read in between");
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = 0;
        while (skipped < count && read() >= 0) {
            skipped++;
        }
        return skipped;
    }

    @Override
    public void close() {
        connection.close();
    }

    private int next() throws IOException {
        while (!decoded.hasRemaining()) {
            decodeOne();
            if (!decoded.hasRemaining()) {
                if (ended) {
                    return -1;
                }
                fetch();
            }
        }
        return decoded.get();
    }

    /** Decodes one character, or the two halves of a supplementary one; nothing if bytes are lacking. */
    private void decodeOne() {
        decoded.clear().limit(1);
        CoderResult result = decoder.decode(fetched, decoded, ended);
        if (result.isOverflow() && decoded.position() == 0) {
            decoded.limit(2);
            decoder.decode(fetched, decoded, ended);
        }
        decoded.flip();
    }

    private void fetch() throws SocketStreamException {
        fetched.compact();
        try {
            int count = connection.receive(fetched.array(), fetched.position(), fetched.remaining());
            ended = count < 0;
            fetched.position(fetched.position() + Math.max(count, 0));
        } finally {
            fetched.flip();
        }
    }
}
