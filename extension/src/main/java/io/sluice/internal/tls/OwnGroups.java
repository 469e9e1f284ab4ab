package io.sluice.internal.tls;

import io.sluice.internal.jsse.KeyExchange;
import io.sluice.internal.tls.hello.PeerHello;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** The groups in which this side's engine exchanges keys. JSSE reports them since JDK 20, and before that a ClientHello shows them. */
final class OwnGroups {

    private static final String JDK = "SunJSSE";
    private static final String JDK_ENGINES = "sun.security.ssl.";

    private OwnGroups() {}

    /** Returns an empty list if they are not known. */
    static List<String> of(SSLEngine engine) {
        List<String> chosen = KeyExchange.of(engine).groups();
        return chosen.isEmpty() && engine.getClass().getName().startsWith(JDK_ENGINES) ? Jdk.DEFAULT : chosen;
    }

    /** What the JDK's engine offers as long as it cannot be told anything else. */
    private static final class Jdk {
        static final List<String> DEFAULT = offered();

        private static List<String> offered() {
            try {
                SSLContext context = SSLContext.getInstance("TLS", JDK);
                context.init(null, null, null);
                SSLEngine client = context.createSSLEngine();
                client.setUseClientMode(true);
                ByteBuffer hello = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
                client.wrap(ByteBuffer.allocate(0), hello);
                return NegotiationMismatch.hello(hello.flip())
                        .map(PeerHello::groups)
                        .orElse(List.of());
            } catch (GeneralSecurityException | SSLException e) {
                return List.of();
            }
        }
    }
}
