package io.sluice.internal.context.source;

import io.sluice.internal.jsse.EngineParameters;
import io.sluice.internal.jsse.KeyExchange;
import io.sluice.internal.tls.hello.HandshakeMessages;
import io.sluice.internal.tls.hello.PeerHello;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** Finds out what a context's clients offer by a ClientHello in memory. Not thread-safe. */
final class HelloTrial {

    private static final int RECORD_HEADER = 5;

    private final SSLContext context;
    private final List<String> protocols;
    private final Map<KeyExchange, Optional<KeyExchange>> offers = new HashMap<>();

    HelloTrial(SSLContext context, List<String> protocols) {
        this.context = context;
        this.protocols = protocols;
    }

    /** Whether an engine may know a group without offering it first. This needs no hello. */
    boolean mayKnow(String group) {
        return KeyExchange.mayKnow(group, context.createSSLEngine());
    }

    /** What is offered; empty if there is no hello, so that nothing is found out. */
    Optional<KeyExchange> offer(KeyExchange wanted) {
        return offers.computeIfAbsent(wanted, this::offered);
    }

    private Optional<KeyExchange> offered(KeyExchange wanted) {
        try {
            SSLEngine client = context.createSSLEngine();
            client.setUseClientMode(true);
            client.setEnabledProtocols(protocols.toArray(String[]::new));
            EngineParameters parameters =
                    EngineParameters.given(client.getSSLParameters()).with(wanted);
            client.setSSLParameters(parameters.client());
            parameters.keyExchange().complete(client);
            ByteBuffer record = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
            client.wrap(ByteBuffer.allocate(0), record);
            HandshakeMessages messages = new HandshakeMessages();
            messages.add(record.flip().position(RECORD_HEADER));
            return PeerHello.in(messages).map(hello -> new KeyExchange(hello.groups(), hello.signatureSchemes()));
        } catch (SSLException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
