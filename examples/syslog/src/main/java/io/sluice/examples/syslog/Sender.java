package io.sluice.examples.syslog;

import io.sluice.server.ConnectionScoped;
import io.sluice.stream.SocketStream;
import jakarta.annotation.PostConstruct;
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

    private String name = "";
    private long messages;

    /** Here, because the stream can no longer be used when this bean is destroyed. */
    @PostConstruct
    void identify() {
        name = stream.tls()
                .flatMap(tls -> tls.peerPrincipal().map(Principal::getName))
                .orElseGet(() -> stream.remoteAddress().toString());
    }

    /** {@return the name in the sender's certificate, or its address if it has none} */
    public String name() {
        return name;
    }

    void count() {
        messages++;
    }

    @PreDestroy
    void log() {
        LOG.log(Level.INFO, name + " has sent " + messages + " messages");
    }
}
