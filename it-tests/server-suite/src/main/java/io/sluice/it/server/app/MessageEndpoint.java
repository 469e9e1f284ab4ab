package io.sluice.it.server.app;

import io.sluice.server.SocketEndpoint;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import javax.naming.NamingException;

/** Answers each line with what its handler sees around it. */
@ApplicationScoped
public class MessageEndpoint {

    @Inject
    Tally tally;

    @SocketEndpoint(value = "messages", port = 0, address = "127.0.0.1", ssl = "web", frames = "line")
    String answer(String line) throws NamingException, ClassNotFoundException {
        return line + " " + String.join(" ", InsideEndpoint.around(tally.next()));
    }
}
