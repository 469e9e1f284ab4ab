package io.sluice.stream;

import io.sluice.internal.proxy.ProxyHeaderException;
import io.sluice.internal.proxy.ProxyHeaderParser;
import io.sluice.internal.tls.TransportException;
import io.sluice.internal.transport.Preamble;
import io.sluice.internal.transport.RawSocket;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.stream.proxy.ProxyHeader;
import io.sluice.stream.proxy.ProxyProtocol;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the PROXY header from a trusted balancer, and passes it to a listener. */
record ProxyHeaderReader(ProxyProtocol protocol, Consumer<ProxyHeader> listener) {

    ProxyHeaderReader {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(listener, "listener");
    }

    /** Returns the plan with the header and the remaining time. */
    ConnectionPlan read(RawSocket raw, ConnectionPlan upgrade) throws SocketStreamException {
        ConnectionLabel label = upgrade.label(raw);
        if (!protocol.trusts(raw.remoteAddress().getAddress())) {
            throw failure(
                    Kind.PROXY_NOT_TRUSTED,
                    label,
                    "the address is not one of the trusted balancers " + protocol.trusted(),
                    null);
        }
        Preamble preamble = new Preamble(raw, upgrade.limits().handshakeTimeout());
        try {
            ProxyHeader header = ProxyHeaderParser.read(preamble::read, protocol.version());
            listener.accept(header);
            return upgrade.withProxyHeader(header, preamble.remaining());
        } catch (ProxyHeaderException e) {
            throw failure(Kind.PROXY_HEADER_INVALID, label, String.valueOf(e.getMessage()), e);
        } catch (TransportException e) {
            throw StreamExceptions.of(e, label);
        } catch (IOException e) {
            throw new IllegalStateException("a transport throws only TransportException", e);
        }
    }

    private static SocketStreamException failure(
            Kind kind, ConnectionLabel label, String what, @Nullable Exception cause) {
        return new SocketStreamException(kind, label + ": " + what + ". " + ConditionAdvice.of(kind), cause);
    }
}
