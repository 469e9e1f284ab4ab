package io.sluice.internal.transport;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.internal.tls.EngineKind;
import io.sluice.internal.tls.EngineKind.Role;
import io.sluice.internal.tls.TlsAlert;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.TestStreams;
import io.sluice.testing.SocketPair;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * A complete stream on this side, and on the other side a peer that the test controls record by record.
 *
 * @param tls our engine, the protocol version, and our kind of socket
 * @param side our side
 */
record StreamCase(TlsCase tls, SslSide side) {
    static final String CLOSE_NOTIFY = "close_notify";
    static final String FIN = "FIN";
    static final String RESET = "reset";

    static Stream<StreamCase> all() {
        return TlsCase.all()
                .flatMap(row -> Stream.of(SslSide.SERVER, SslSide.CLIENT).map(side -> new StreamCase(row, side)));
    }

    static Stream<StreamCase> tls12() {
        return all().filter(row -> !row.tls.is13());
    }

    static Stream<StreamCase> tls13() {
        return all().filter(row -> row.tls.is13());
    }

    static Stream<StreamCase> servers() {
        return all().filter(StreamCase::server);
    }

    boolean server() {
        return side == SslSide.SERVER;
    }

    boolean jdk() {
        return tls.engine() == EngineKind.JDK;
    }

    /** The context of the stream, for one connection. */
    SslContextSpecifier context() {
        return SslContextSpecifier.of(
                tls.engine().engine(TlsCase.CERTIFICATE, tls.protocol(), server() ? Role.SERVER : Role.CLIENT));
    }

    EnginePeer peer(SocketPair sockets) {
        return server() ? tls.clientPeer(sockets.far()) : tls.serverPeer(sockets.far());
    }

    /** Connects both sides, and completes the handshake. */
    Open open(SocketPair sockets, Initarg... initargs) throws Exception {
        EnginePeer peer = peer(sockets);
        Background<SocketStream> opening =
                Background.run(() -> TestStreams.open(sockets.near(), context(), side, initargs));
        peer.handshake();
        return new Open(opening.get(), peer, sockets);
    }

    /**
     * A connection.
     *
     * @param ours our side
     * @param peer the other
     * @param sockets both sockets
     */
    record Open(SocketStream ours, EnginePeer peer, SocketPair sockets) implements Closeable {
        @Override
        public void close() throws IOException {
            sockets.close();
            ours.close();
        }
    }

    /** The end of the connection for the peer: what came last, after {@code data} bytes. */
    record End(int data, String how) {}

    /** Reads to the end. The verdict is that of the peer's engine. */
    static End endOf(EnginePeer peer) throws Exception {
        return endOf(peer, 0);
    }

    /** The same with a peer that reads each record slowly. */
    static End endOf(EnginePeer peer, int millis) throws Exception {
        int data = 0;
        String how = FIN;
        while (true) {
            byte[] record;
            TimeUnit.MILLISECONDS.sleep(millis);
            try {
                record = peer.record();
            } catch (EOFException e) {
                return new End(data, how);
            } catch (SocketException e) {
                return new End(data, RESET);
            }
            try {
                peer.flight(); // An engine with something to send accepts no record, so it is taken and discarded.
                SSLEngineResult result = peer.unwrap(record);
                data += peer.skip();
                if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                    how = CLOSE_NOTIFY;
                }
            } catch (SSLException e) {
                how = "alert " + TlsAlert.of(e);
            }
        }
    }

    @Override
    public String toString() {
        return tls + " " + side;
    }
}
