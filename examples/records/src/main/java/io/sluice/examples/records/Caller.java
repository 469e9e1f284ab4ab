package io.sluice.examples.records;

import io.sluice.server.ConnectionScoped;
import io.sluice.stream.SocketStream;
import io.sluice.stream.TlsSession;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.Set;

/** The client of the current connection, identified by the certificate that the handshake verified. */
@ConnectionScoped
public class Caller {

    @Inject
    SocketStream stream;

    @Inject
    Rights rights;

    private Set<String> names = Set.of();

    @PostConstruct
    void read() {
        names = stream.tls().map(TlsSession::peerCertificates).stream()
                .flatMap(chain -> chain.stream().limit(1))
                .map(CallerNames::of)
                .findAny()
                .orElse(Set.of());
    }

    boolean may(Right right) {
        return !Collections.disjoint(names, rights.holders(right));
    }

    @Override
    public String toString() {
        return names.isEmpty() ? "nobody" : String.join(", ", names);
    }
}
