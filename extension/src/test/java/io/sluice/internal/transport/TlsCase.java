package io.sluice.internal.transport;

import io.sluice.internal.tls.EngineKind;
import io.sluice.internal.tls.EngineKind.Role;
import io.sluice.internal.tls.TransportException;
import io.sluice.testing.SocketPair;
import io.sluice.testing.TestCertificate;
import io.sluice.testing.internal.SocketKind;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;

/**
 * One row of the table that most tests run through.
 *
 * @param engine whose engine our side uses
 * @param protocol the only protocol version enabled
 * @param socket the kind of our side's socket
 */
record TlsCase(EngineKind engine, String protocol, SocketKind socket) {
    static final String TLS_1_2 = "TLSv1.2";
    static final String TLS_1_3 = "TLSv1.3";

    static final TestCertificate CERTIFICATE = TestCertificate.ec("localhost");
    static final TlsLimits LIMITS = new TlsLimits(Duration.ofSeconds(10), Duration.ofSeconds(2));

    static Stream<TlsCase> all() {
        return EngineKind.general()
                .flatMap(engine -> Stream.of(TLS_1_2, TLS_1_3)
                        .flatMap(protocol -> Arrays.stream(SocketKind.values())
                                .map(socket -> new TlsCase(engine, protocol, socket))));
    }

    static Stream<TlsCase> tls12() {
        return all().filter(row -> row.protocol.equals(TLS_1_2));
    }

    static Stream<TlsCase> tls13() {
        return all().filter(row -> row.protocol.equals(TLS_1_3));
    }

    /** Performs one handshake with each engine, so that measured times do not include class loading. */
    static void warmUp() throws Exception {
        for (TlsCase row : all().toList()) {
            row.connected(row.socket.pair(), LIMITS).close();
        }
    }

    /** Opens a connection and completes its handshake. */
    Connection connected(SocketPair sockets, TlsLimits limits) throws Exception {
        TlsTransport server = server(sockets.near(), limits);
        EnginePeer client = clientPeer(sockets.far());
        Background<Void> accepting = Background.start(server::handshake);
        client.handshake();
        accepting.get();
        return new Connection(sockets, server, client);
    }

    /** The same with this side as the client. */
    Connection connectedAsClient(SocketPair sockets, TlsLimits limits) throws Exception {
        TlsTransport client = transport(sockets.near(), Role.CLIENT, limits);
        EnginePeer server = serverPeer(sockets.far());
        Background<Void> connecting = Background.start(client::handshake);
        server.handshake();
        connecting.get();
        return new Connection(sockets, client, server);
    }

    /**
     * A connection under test.
     *
     * @param sockets both sockets
     * @param ours our side
     * @param peer the other
     */
    record Connection(SocketPair sockets, TlsTransport ours, EnginePeer peer) implements Closeable {
        @Override
        public void close() throws IOException {
            ours.abort();
            sockets.close();
        }
    }

    boolean is13() {
        return protocol.equals(TLS_1_3);
    }

    TlsTransport server(Socket socket) throws TransportException {
        return transport(socket, Role.SERVER, LIMITS);
    }

    TlsTransport server(Socket socket, TlsLimits limits) throws TransportException {
        return transport(socket, Role.SERVER, limits);
    }

    TlsTransport client(Socket socket) throws TransportException {
        return transport(socket, Role.CLIENT, LIMITS);
    }

    TlsTransport transport(Socket socket, Role role, TlsLimits limits) throws TransportException {
        SSLEngine newEngine = engine.engine(CERTIFICATE, protocol, role);
        return new TlsTransport(RawSocket.take(socket), newEngine, limits, () -> EngineKind.release(newEngine));
    }

    /** A peer with an engine, which the test controls record by record. */
    EnginePeer clientPeer(Socket socket) {
        return new EnginePeer(socket, EngineKind.JDK.engine(CERTIFICATE, protocol, Role.CLIENT));
    }

    EnginePeer serverPeer(Socket socket) {
        return new EnginePeer(socket, EngineKind.JDK.engine(CERTIFICATE, protocol, Role.SERVER));
    }

    @Override
    public String toString() {
        return engine + " " + protocol + " " + socket;
    }
}
