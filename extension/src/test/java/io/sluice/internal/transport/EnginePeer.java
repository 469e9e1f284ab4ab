package io.sluice.internal.transport;

import io.sluice.internal.tls.RecordHeader;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

/**
 * A TLS peer whose records a test holds in its hands before they are sent: to be dripped, joined, tampered with or left
 * out.
 */
final class EnginePeer implements Closeable {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Socket socket;
    private final SSLEngine engine;
    private final ByteBuffer data = ByteBuffer.allocate(64 * 1024).limit(0);

    EnginePeer(Socket socket, SSLEngine engine) {
        this.socket = socket;
        this.engine = engine;
    }

    SSLEngine engine() {
        return engine;
    }

    Socket socket() {
        return socket;
    }

    /** Performs the handshake. */
    EnginePeer handshake() throws IOException {
        send(lastFlight());
        return this;
    }

    /**
     * Performs the handshake up to this side's last flight, which is returned instead of being sent if it is the last one
     * of all.
     */
    byte[] lastFlight() throws IOException {
        engine.beginHandshake();
        while (true) {
            byte[] flight = flight();
            if (engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING) {
                return flight;
            }
            send(flight);
            while (engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP) {
                unwrap(record());
            }
        }
    }

    /** Returns the records that the engine has to send now. */
    byte[] flight() throws IOException {
        ByteArrayOutputStream flight = new ByteArrayOutputStream();
        runTasks();
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            flight.write(wrap(NOTHING));
            runTasks();
        }
        return flight.toByteArray();
    }

    /** Returns the records with some data. */
    byte[] records(byte[] plain) throws IOException {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        ByteBuffer source = ByteBuffer.wrap(plain);
        while (source.hasRemaining()) {
            records.write(wrap(source));
        }
        return records.toByteArray();
    }

    /** Returns a KeyUpdate that requests an answer, or in TLS 1.2 the hello of a renegotiation. */
    byte[] newHandshake() throws IOException {
        engine.beginHandshake();
        return flight();
    }

    byte[] closeNotify() throws IOException {
        engine.closeOutbound();
        return wrap(NOTHING);
    }

    private byte[] wrap(ByteBuffer source) throws IOException {
        ByteBuffer packet = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(source, packet);
        return Arrays.copyOf(packet.array(), packet.position());
    }

    void send(byte[]... pieces) throws IOException {
        ByteArrayOutputStream segment = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            segment.write(piece);
        }
        socket.getOutputStream().write(segment.toByteArray());
    }

    void sendData(byte[] plain) throws IOException {
        send(records(plain));
    }

    /** Returns the next record from the socket, or throws at the end of the stream, even within a record. */
    byte[] record() throws IOException {
        byte[] header = socket.getInputStream().readNBytes(RecordHeader.LENGTH);
        if (header.length < RecordHeader.LENGTH) {
            throw new EOFException();
        }
        int length = RecordHeader.fragmentLength(ByteBuffer.wrap(header));
        byte[] record = Arrays.copyOf(header, RecordHeader.LENGTH + length);
        if (socket.getInputStream().readNBytes(record, RecordHeader.LENGTH, length) < length) {
            throw new EOFException();
        }
        return record;
    }

    /** Unwraps one record, whose data {@link #read} returns. */
    SSLEngineResult unwrap(byte[] record) throws IOException {
        ByteBuffer source = ByteBuffer.wrap(record);
        SSLEngineResult result;
        do {
            data.compact();
            result = engine.unwrap(source, data);
            data.flip();
            runTasks();
        } while (source.hasRemaining() && result.bytesConsumed() > 0);
        return result;
    }

    private void runTasks() {
        Runnable task = engine.getDelegatedTask();
        while (task != null) {
            task.run();
            task = engine.getDelegatedTask();
        }
    }

    /** Reads an exact number of bytes of data. */
    byte[] read(int n) throws IOException {
        while (data.remaining() < n) {
            unwrap(record());
        }
        byte[] b = new byte[n];
        data.get(b);
        return b;
    }

    /** Discards the received data, and returns its length. */
    int skip() {
        int n = data.remaining();
        data.position(data.limit());
        return n;
    }

    /** Reads to the end of the TCP stream. Returns true if close_notify came last, after nothing but data and tickets. */
    boolean readCloseNotify() throws IOException {
        SSLEngineResult last = null;
        try {
            while (true) {
                last = unwrap(record());
                data.position(data.limit());
            }
        } catch (EOFException end) {
            return last != null && last.getStatus() == SSLEngineResult.Status.CLOSED && engine.isInboundDone();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
