package io.sluice.examples.syslog;

import io.sluice.server.SocketEndpoint;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Optional;

/** Takes messages on the port for syslog over TLS, and fires each as an event to whoever wants it. */
@ApplicationScoped
public class SyslogCollector {

    @Inject
    Event<SyslogMessage> received;

    @Inject
    Sender sender;

    @SocketEndpoint(value = "syslog", port = 6514)
    void collect(SyslogStream stream) throws IOException {
        for (Optional<SyslogMessage> next = stream.next(); next.isPresent(); next = stream.next()) {
            sender.sent();
            received.fire(next.get());
        }
    }
}
