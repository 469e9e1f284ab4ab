package io.sluice.examples.records;

import io.sluice.context.AllowedCaller;
import io.sluice.server.ConnectionScoped;
import io.sluice.stream.SocketStream;
import io.sluice.stream.TlsSession;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Inject;

/** The client of the current connection, with the name that {@code client-auth.allow} admitted in the handshake. */
@ConnectionScoped
public class Caller {

    private static final String NOBODY = "nobody";

    @Inject
    SocketStream stream;

    @Inject
    Rights rights;

    private String name = NOBODY;

    @PostConstruct
    void read() {
        name = stream.tls().flatMap(TlsSession::caller).map(AllowedCaller::name).orElse(NOBODY);
    }

    boolean may(Right right) {
        return rights.holders(right).contains(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
