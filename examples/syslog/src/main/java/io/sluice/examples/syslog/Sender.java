package io.sluice.examples.syslog;

import io.sluice.server.ConnectionScoped;
import io.sluice.stream.SocketStream;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Principal;

/** Who is at the other end of the current connection, and how much has come of it. One for each connection. */
@ConnectionScoped
public class Sender {

    private static final Logger LOG = System.getLogger(Sender.class.getName());

    @Inject
    SocketStream stream;

    private long messages;

    /** By the certificate, where the collector asks for one; else by address. */
    public String name() {
        return stream.tls()
                .flatMap(tls -> tls.peerPrincipal().map(Principal::getName))
                .orElseGet(() -> stream.remotePeer().toString());
    }

    void sent() {
        messages++;
    }

    @PreDestroy
    void left() {
        LOG.log(Level.INFO, name() + " has sent " + messages + " messages");
    }
}
