package io.sluice.internal.tls;

import io.sluice.internal.engine.EngineAdapter;
import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import io.sluice.internal.tls.hello.ClientHello;
import io.sluice.internal.tls.hello.HandshakeMessages;
import io.sluice.internal.tls.hello.PeerHello;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a client that offers only other application protocols than this server (RFC 7301, 3.2), for an engine that would continue without
 * one. Not thread-safe: used by the thread that runs the handshake.
 */
final class AlpnCheck {

    /** The words of the JDK's engine, so that both kinds of engines report the same. */
    private static final String OBJECTION = "No matching application layer protocol values";

    private final EngineAdapter adapter;
    private final HandshakeMessages messages = new HandshakeMessages();

    private AlpnCheck(EngineAdapter adapter) {
        this.adapter = adapter;
    }

    /** Returns null if the engine needs no such check. */
    static @Nullable AlpnCheck of(EngineAdapter adapter) {
        return adapter.toleratesOtherProtocols() ? new AlpnCheck(adapter) : null;
    }

    /** Adds a record of the client, whose first message may have several. */
    void received(ByteBuffer record) {
        RecordHeader.forEach(record, (type, fragment) -> {
            if (type == RecordHeader.HANDSHAKE) {
                messages.add(fragment);
            }
        });
    }

    /**
     * Returns why the client must be refused, or null.
     *
     * @param flight the engine's answer to the client's first message; if it is an alert, the engine has refused the client
     */
    @Nullable
    TransportException refusal(ByteBuffer flight) {
        ByteBuffer hello = messages.next();
        if (hello == null || RecordHeader.type(flight) != RecordHeader.HANDSHAKE) {
            return null;
        }
        List<String> offered =
                ClientHello.of(hello).map(ClientHello::applicationProtocols).orElse(List.of());
        if (offered.isEmpty() || adapter.applicationProtocols().stream().anyMatch(own -> offered.contains(sent(own)))) {
            return null;
        }
        return new TransportException(
                        Stage.HANDSHAKE,
                        Reason.REFUSED,
                        EngineFailures.FAILED + OBJECTION,
                        new SSLHandshakeException(OBJECTION))
                .withAlert(TlsAlert.NO_APPLICATION_PROTOCOL)
                .withOffers(NegotiationMismatch.of(adapter, PeerHello.of(hello)));
    }

    /** A name as the engine sends it, with each byte as one character. */
    private static String sent(String name) {
        return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
