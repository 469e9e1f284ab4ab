package io.sluice.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.internal.transport.PlainTransport;
import io.sluice.internal.transport.RawSocket;
import io.sluice.internal.transport.TlsLimits;
import io.sluice.internal.transport.TlsTransport;
import io.sluice.internal.transport.Transport;
import io.sluice.testing.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;

/** A connection and its peer, whose bytes a test can hold back and send one by one. */
final class DrivenPeer implements Closeable {

    private static final TestCertificate CERTIFICATE = TestCertificate.ec("localhost");
    private static final TlsLimits LIMITS = new TlsLimits(Duration.ofSeconds(30), Duration.ofSeconds(2));

    enum Link {
        PLAIN,
        TLS_1_2("TLSv1.2"),
        TLS_1_3("TLSv1.3");

        private final String[] protocols;

        Link(String... protocols) {
            this.protocols = protocols;
        }

        boolean isTls() {
            return this != PLAIN;
        }

        /** Connects and completes the handshake. */
        DrivenPeer connect(Initarg... initargs) throws Exception {
            DrivenPeer peer = connectWithoutHandshake(initargs);
            if (isTls()) {
                FutureTask<Void> handshake = new FutureTask<>(() -> {
                    ((SSLSocket) peer.speaking).startHandshake();
                    return null;
                });
                new Thread(handshake).start();
                peer.ours.handshake();
                handshake.get(30, TimeUnit.SECONDS);
            }
            return peer;
        }

        DrivenPeer connectWithoutHandshake(Initarg... initargs) throws Exception {
            try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                HeldSocket raw = new HeldSocket(listener.getLocalPort());
                RawSocket near = RawSocket.take(listener.accept());
                ConnectionLabel label = new ConnectionLabel("context 'test'", near.remoteAddress());
                return new DrivenPeer(
                        new StreamConnection(transport(near), label, Upgrades.none(initargs)), raw, speaking(raw));
            }
        }

        private Transport transport(RawSocket raw) {
            if (!isTls()) {
                return new PlainTransport(raw);
            }
            SSLEngine engine = CERTIFICATE.context().createSSLEngine();
            engine.setUseClientMode(false);
            return new TlsTransport(raw, engine, LIMITS, () -> {});
        }

        private Socket speaking(HeldSocket raw) throws IOException {
            if (!isTls()) {
                return raw;
            }
            SSLSocket layered = (SSLSocket) CERTIFICATE
                    .trustingContext()
                    .getSocketFactory()
                    .createSocket(raw, "localhost", raw.getPort(), true);
            layered.setEnabledProtocols(protocols);
            return layered;
        }
    }

    /** The peer's socket, which can hold back what is written to it. */
    private static final class HeldSocket extends Socket {

        private final ByteArrayOutputStream held = new ByteArrayOutputStream();
        private boolean holding;

        HeldSocket(int port) throws IOException {
            super(InetAddress.getLoopbackAddress(), port);
            setTcpNoDelay(true);
            setSoTimeout(30_000);
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    (holding ? held : out).write(bytes, offset, length);
                }
            };
        }
    }

    final StreamConnection ours;
    private final HeldSocket raw;
    private final Socket speaking;

    private DrivenPeer(StreamConnection ours, HeldSocket raw, Socket speaking) {
        this.ours = ours;
        this.raw = raw;
        this.speaking = speaking;
    }

    void send(String text) throws IOException {
        send(text.getBytes(UTF_8));
    }

    void send(byte[] bytes) throws IOException {
        speaking.getOutputStream().write(bytes);
    }

    /** Returns the bytes on the wire for a text. */
    byte[] onTheWire(String text) throws IOException {
        raw.holding = true;
        send(text);
        raw.holding = false;
        byte[] bytes = raw.held.toByteArray();
        raw.held.reset();
        return bytes;
    }

    void drip(byte wireByte) throws IOException {
        raw.getOutputStream().write(new byte[] {wireByte});
    }

    Socket speaking() {
        return speaking;
    }

    /** Ends with close_notify. */
    void end() throws IOException {
        speaking.shutdownOutput();
    }

    /** Ends the TCP stream without close_notify. */
    void cut() throws IOException {
        raw.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        ours.abort();
        raw.close();
    }
}
