package io.sluice.examples.syslog;

import io.sluice.server.SocketEndpoint;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Optional;

/** Receives messages on the port of syslog over TLS, and fires each one as an event. */
@ApplicationScoped
public class SyslogCollector {

    @Inject
    Event<SyslogMessage> received;

    @Inject
    Sender sender;

    @SocketEndpoint(value = "syslog", port = 6514)
    void collect(SyslogStream stream) throws IOException {
        for (Optional<SyslogMessage> next = stream.next(); next.isPresent(); next = stream.next()) {
            sender.count();
            received.fire(next.get());
        }
    }
}
