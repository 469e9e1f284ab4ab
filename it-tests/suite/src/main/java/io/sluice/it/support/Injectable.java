package io.sluice.it.support;

import io.sluice.context.SslContextSpecifier;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.stream.StreamResult;
import io.sluice.testing.SocketPair;
import io.sluice.testing.internal.SocketKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** The types that {@code @SslContext} injects. A peer identifies the context of each by the certificate that it sees. */
public enum Injectable {
    SPECIFIER(SslContextSpecifier.class, true) {
        @Override
        public String identity(Object it, Peer peer, SocketStreamCreator plain) throws Exception {
            return serve(plain, peer, Initarg.sslContext((SslContextSpecifier) it));
        }
    },
    CREATOR(SocketStreamCreator.class, true) {
        @Override
        public String identity(Object it, Peer peer, SocketStreamCreator plain) throws Exception {
            return serve((SocketStreamCreator) it, peer);
        }
    },
    CONNECTOR(SocketStreamConnector.class, true) {
        @Override
        public String identity(Object it, Peer peer, SocketStreamCreator plain) throws Exception {
            return peer.meetClient(port -> greet(
                    ((SocketStreamConnector) it).open("localhost", port, SocketStream.class, Initarg.errorp(false))));
        }
    },
    SSL_CONTEXT(SSLContext.class, false) {
        @Override
        public String identity(Object it, Peer peer, SocketStreamCreator plain) throws Exception {
            return serve(plain, peer, Initarg.sslContext(SslContextSpecifier.of((SSLContext) it)));
        }
    },
    SOCKET_FACTORY(SSLSocketFactory.class, false) {
        @Override
        public String identity(Object it, Peer peer, SocketStreamCreator plain) throws Exception {
            return peer.meetClient(port -> {
                try (Socket socket = ((SSLSocketFactory) it).createSocket("localhost", port)) {
                    greet(socket.getInputStream(), socket.getOutputStream());
                } catch (IOException e) {
                    // The peer tells.
                }
            });
        }
    },
    SERVER_SOCKET_FACTORY(SSLServerSocketFactory.class, false) {
        @Override
        public String identity(Object it, Peer peer, SocketStreamCreator plain) throws Exception {
            try (SSLServerSocket listener = (SSLServerSocket)
                    ((SSLServerSocketFactory) it).createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                CompletableFuture<String> met =
                        peer.meetServer(new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort()));
                try (SSLSocket socket = (SSLSocket) listener.accept()) {
                    greet(socket.getInputStream(), socket.getOutputStream());
                } catch (IOException e) {
                    // The peer tells.
                }
                return met.join();
            } catch (IOException e) {
                return Peer.NOBODY; // without a key there is no server socket
            }
        }
    },
    /** Parameters make no handshake. The application protocol of each context in these tests is the context's name. */
    PARAMETERS(SSLParameters.class, false) {
        @Override
        public String identity(Object it, Peer peer, SocketStreamCreator plain) {
            String[] protocols = ((SSLParameters) it).getApplicationProtocols();
            return protocols.length == 0 ? Peer.NOBODY : protocols[0];
        }
    };

    static final int GREETING = '!';

    private final Class<?> type;
    private final boolean plainToo;

    Injectable(Class<?> type, boolean plainToo) {
        this.type = type;
        this.plainToo = plainToo;
    }

    public Class<?> type() {
        return type;
    }

    /** Returns true if the context {@code none} has this type. */
    public boolean plainToo() {
        return plainToo;
    }

    /**
     * Identifies the context by the certificate that a peer sees.
     *
     * @param it the injected
     * @param peer the peer
     * @param plain a creator of the context {@code none}, for what has to be given as an initarg
     */
    public abstract String identity(Object it, Peer peer, SocketStreamCreator plain) throws Exception;

    private static String serve(SocketStreamCreator creator, Peer peer, Initarg... initargs) throws Exception {
        SocketPair pair = SocketKind.SOCKET.pair();
        CompletableFuture<String> met = peer.meetServer(pair.far());
        try {
            greet(creator.create(pair.near(), SocketStream.class, initargs));
        } finally {
            pair.near().close();
        }
        return met.join();
    }

    public static void greet(StreamResult<SocketStream> result) {
        try (SocketStream stream = result.orElseThrow()) {
            greet(stream.input(), stream.output());
        } catch (IOException e) {
            // The peer tells.
        }
    }

    /** Both sides send and receive, so that each knows that the other one accepted it. */
    public static void greet(InputStream input, OutputStream output) throws IOException {
        output.write(GREETING);
        output.flush();
        if (input.read() != GREETING) {
            throw new IOException("not greeted");
        }
    }
}
