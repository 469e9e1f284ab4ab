package io.sluice.it.support;

import io.sluice.context.SslContext;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.stream.StreamResult;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * A handshake between two contexts of one application, with the result on each side. The server closes first, because a client in
 * TLS 1.3 waits for tickets.
 */
public record HandshakePair(StreamResult<SocketStream> server, StreamResult<SocketStream> client, Socket accepted)
        implements AutoCloseable {

    private record Served(Socket accepted, StreamResult<SocketStream> result) {}

    public static HandshakePair of(Application application, String serving, String asking, Initarg... ofClient)
            throws Exception {
        return of(application, serving, List.of(), asking, List.of(ofClient));
    }

    /** Performs the handshake with initargs of the creator and of the connector. */
    public static HandshakePair of(
            Application application, String serving, List<Initarg> ofServer, String asking, List<Initarg> ofClient)
            throws Exception {
        SocketStreamCreator creator = application
                .container()
                .select(SocketStreamCreator.class, SslContext.Literal.of(serving))
                .get();
        SocketStreamConnector connector = application
                .container()
                .select(SocketStreamConnector.class, SslContext.Literal.of(asking))
                .get();
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Served> served = CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            Socket accepted = listening.accept();
                            return new Served(
                                    accepted,
                                    creator.create(accepted, SocketStream.class, ofServer.toArray(Initarg[]::new)));
                        } catch (Exception e) {
                            throw new CompletionException(e);
                        }
                    },
                    PeerBehaviour.THREADS);
            StreamResult<SocketStream> client = connector.open(
                    "127.0.0.1", listening.getLocalPort(), SocketStream.class, ofClient.toArray(Initarg[]::new));
            Served met = served.get(20, TimeUnit.SECONDS);
            return new HandshakePair(met.result(), client, met.accepted());
        }
    }

    @Override
    public void close() {
        server.findStream().ifPresent(SocketStream::close);
        client.findStream().ifPresent(SocketStream::close);
    }
}
