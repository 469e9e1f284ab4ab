package io.sluice.internal.cli;

import com.google.gson.JsonObject;
import io.sluice.context.NamedSslContext;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.TlsSession;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Whether a context connects to a peer.
 *
 * @param peer the peer
 * @param context the context
 * @param address the address that was connected to
 * @param session what was agreed on; empty without TLS
 * @param remark what happened after the handshake, or an empty text
 * @param condition why there is no connection
 */
record ProbeReport(
        PeerAddress peer,
        String context,
        Optional<InetSocketAddress> address,
        Optional<TlsSession> session,
        String remark,
        Optional<SocketStreamException> condition)
        implements Report {

    static ProbeReport connected(
            PeerAddress peer,
            NamedSslContext context,
            InetSocketAddress address,
            Optional<TlsSession> session,
            String remark) {
        return new ProbeReport(peer, context.name(), Optional.of(address), session, remark, Optional.empty());
    }

    static ProbeReport failed(PeerAddress peer, NamedSslContext context, SocketStreamException condition) {
        return new ProbeReport(peer, context.name(), Optional.empty(), Optional.empty(), "", Optional.of(condition));
    }

    @Override
    public int exitCode() {
        return condition.isPresent() ? ExitCode.NO : ExitCode.YES;
    }

    @Override
    public JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("ok", condition.isEmpty());
        json.addProperty("peer", peer.toString());
        json.addProperty("context", context);
        address.ifPresent(known -> json.addProperty("address", known.toString()));
        session.ifPresent(known -> json.add("session", new SessionFacts(known).json()));
        if (!remark.isEmpty()) {
            json.addProperty("remark", remark);
        }
        condition.ifPresent(failure -> json.add("condition", conditionJson(failure)));
        return json;
    }

    private static JsonObject conditionJson(SocketStreamException failure) {
        JsonObject json = new JsonObject();
        json.addProperty("kind", failure.kind().name());
        json.addProperty("message", String.valueOf(failure.getMessage()));
        ConditionPage.find(failure.kind()).ifPresent(known -> {
            json.addProperty("meaning", known.meaning());
            json.addProperty("remedy", known.remedy());
        });
        return json;
    }

    @Override
    public void print(Text text) {
        condition.ifPresentOrElse(failure -> print(failure, text), () -> printConnected(text));
    }

    private void print(SocketStreamException failure, Text text) {
        text.bad("not connected:", " " + failure.kind()).line(String.valueOf(failure.getMessage()));
        ConditionPage.find(failure.kind())
                .ifPresent(known -> text.field("meaning", known.meaning()).field("what to do", known.remedy()));
    }

    private void printConnected(Text text) {
        text.good("connected:", " context '" + context + "' to " + peer);
        address.ifPresent(known -> text.field("address", known.toString()));
        session.ifPresentOrElse(
                known -> new SessionFacts(known).print(text),
                () -> text.field("TLS", "none, the context is plaintext"));
        if (!remark.isEmpty()) {
            text.doubtful("note:", " " + remark);
        }
    }
}
