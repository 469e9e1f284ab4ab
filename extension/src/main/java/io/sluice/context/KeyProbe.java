package io.sluice.context;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * Finds out whether a context has a key to serve with, by letting it answer a client's first message in memory: JSSE has no
 * method that tells.
 */
final class KeyProbe {

    private KeyProbe() {}

    static boolean hasKey(SSLContext context) {
        try {
            SSLEngine client = client();
            SSLEngine server = context.createSSLEngine();
            server.setUseClientMode(false);
            ByteBuffer hello = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
            client.wrap(ByteBuffer.allocate(0), hello);
            hello.flip();
            answer(server, hello);
            return true;
        } catch (SSLException e) {
            return false;
        } catch (GeneralSecurityException e) {
            return true; // Nothing found out: the handshake will tell.
        }
    }

    private static SSLEngine client() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        SSLEngine client = context.createSSLEngine();
        client.setUseClientMode(true);
        return client;
    }

    private static void answer(SSLEngine server, ByteBuffer hello) throws SSLException {
        server.unwrap(hello, ByteBuffer.allocate(server.getSession().getApplicationBufferSize()));
        while (server.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            Runnable task = server.getDelegatedTask();
            if (task != null) {
                task.run();
            }
        }
        server.wrap(
                ByteBuffer.allocate(0), ByteBuffer.allocate(server.getSession().getPacketBufferSize()));
    }
}
