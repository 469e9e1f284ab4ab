package io.sluice.internal.jsse;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * Finds out whether a context has a key for the server side. JSSE has no method for this, so the context answers a client's first
 * message in memory.
 */
public final class KeyProbe {

    private KeyProbe() {}

    public static boolean hasKey(SSLContext context) {
        try {
            SSLEngine server = context.createSSLEngine();
            server.setUseClientMode(false);
            SSLEngine client = client(server);
            ByteBuffer hello = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
            client.wrap(ByteBuffer.allocate(0), hello);
            hello.flip();
            answer(server, hello);
            return true;
        } catch (SSLHandshakeException e) {
            return false;
        } catch (SSLException | GeneralSecurityException | RuntimeException e) {
            return true; // Nothing found out: the handshake will tell.
        }
    }

    /** Offers everything that the server side accepts, so that it rejects the client only if it has no key. */
    private static SSLEngine client(SSLEngine server) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        SSLEngine client = context.createSSLEngine();
        client.setUseClientMode(true);
        client.setEnabledProtocols(server.getEnabledProtocols());
        client.setEnabledCipherSuites(server.getEnabledCipherSuites());
        return client;
    }

    private static void answer(SSLEngine server, ByteBuffer hello) throws SSLException {
        server.unwrap(hello, ByteBuffer.allocate(server.getSession().getApplicationBufferSize()));
        Runnable task = server.getDelegatedTask();
        while (server.getHandshakeStatus() == HandshakeStatus.NEED_TASK && task != null) {
            task.run();
            task = server.getDelegatedTask();
        }
        server.wrap(
                ByteBuffer.allocate(0), ByteBuffer.allocate(server.getSession().getPacketBufferSize()));
    }
}
