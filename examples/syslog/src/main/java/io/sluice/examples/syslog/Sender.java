package io.sluice.examples.syslog;

import io.sluice.server.ConnectionScoped;
import io.sluice.stream.SocketStream;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Principal;

/** The sender of the current connection, and the number of its messages. */
@ConnectionScoped
public class Sender {

    private static final Logger LOG = System.getLogger(Sender.class.getName());

    @Inject
    SocketStream stream;

    private long messages;

    /** {@return the name in the sender's certificate, or its address if it has none} */
    public String name() {
        return stream.tls()
                .flatMap(tls -> tls.peerPrincipal().map(Principal::getName))
                .orElseGet(() -> stream.remotePeer().toString());
    }

    void count() {
        messages++;
    }

    @PreDestroy
    void log() {
        LOG.log(Level.INFO, name() + " has sent " + messages + " messages");
    }
}
