package io.sluice.internal.engine;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * One handshake in memory, between any two engines.
 *
 * @param client the client's engine
 * @param server the server's engine
 */
public record InMemoryHandshake(SSLEngine client, SSLEngine server) {

    /** Far more steps than any handshake needs. */
    private static final int MOST_STEPS = 100;

    /**
     * Completes the handshake.
     *
     * @throws SSLException if it fails; the server's failure, if both sides fail
     */
    public void run() throws SSLException {
        ByteBuffer toServer = packet(client);
        ByteBuffer toClient = packet(server);
        client.beginHandshake();
        server.beginHandshake();
        for (int step = 0; step < MOST_STEPS && isOpen(); step++) {
            step(client, toClient, toServer);
            step(server, toServer, toClient);
        }
        if (isOpen()) {
            throw new SSLException("the handshake in memory does not end");
        }
    }

    private boolean isOpen() {
        return handshakes(client) || handshakes(server);
    }

    private static ByteBuffer packet(SSLEngine engine) {
        return ByteBuffer.allocate(4 * engine.getSession().getPacketBufferSize());
    }

    private static boolean handshakes(SSLEngine engine) {
        return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
    }

    /** The server's failure is the one to report, so its alert is not read. The server throws at its next wrap. */
    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        HandshakeStatus status = engine.getHandshakeStatus();
        if (status == HandshakeStatus.NEED_TASK) {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
        } else if (status == HandshakeStatus.NEED_WRAP) {
            engine.wrap(ByteBuffer.allocate(0), out);
        } else {
            in.flip();
            // Even if there is nothing, because BoringSSL's engine notices the end of the handshake only then.
            engine.unwrap(in, ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()));
            in.compact();
        }
    }
}
