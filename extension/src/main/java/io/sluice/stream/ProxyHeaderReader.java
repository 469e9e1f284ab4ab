package io.sluice.stream;

import io.sluice.internal.proxy.ProxyHeaderException;
import io.sluice.internal.proxy.ProxyHeaderParser;
import io.sluice.internal.transport.Preamble;
import io.sluice.internal.transport.RawSocket;
import io.sluice.internal.transport.TransportException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.stream.proxy.ProxyHeader;
import io.sluice.stream.proxy.ProxyProtocol;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The header that a balancer sends first: from whom it is taken, and who is told. */
record ProxyHeaderReader(ProxyProtocol protocol, Consumer<ProxyHeader> told) {

    ProxyHeaderReader {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(told, "told");
    }

    /** What is left of the upgrade's time, and the header. */
    ConnectionPlan read(RawSocket raw, ConnectionPlan upgrade) throws SocketStreamException {
        ConnectionLabel label = upgrade.label(raw);
        if (!protocol.trusts(raw.remoteAddress().getAddress())) {
            throw refused(
                    Kind.PROXY_NOT_TRUSTED,
                    label,
                    "the address is none of the balancers' (" + protocol.trusted() + ")",
                    null);
        }
        Preamble preamble = new Preamble(raw, upgrade.limits().handshakeTimeout());
        try {
            ProxyHeader header = ProxyHeaderParser.read(preamble::read, protocol.version());
            told.accept(header);
            return upgrade.behind(header, preamble.left());
        } catch (ProxyHeaderException e) {
            throw refused(Kind.PROXY_HEADER_INVALID, label, String.valueOf(e.getMessage()), e);
        } catch (TransportException e) {
            throw StreamExceptions.of(e, label);
        } catch (IOException e) {
            throw new IllegalStateException("only transports are read", e);
        }
    }

    private static SocketStreamException refused(
            Kind kind, ConnectionLabel label, String what, @Nullable Exception cause) {
        return new SocketStreamException(kind, label + ": " + what + ". " + StreamExceptions.remedy(kind), cause);
    }
}
