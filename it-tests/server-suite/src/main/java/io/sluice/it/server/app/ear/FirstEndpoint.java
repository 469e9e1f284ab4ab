package io.sluice.it.server.app.ear;

import io.sluice.server.SocketEndpoint;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The endpoint of one WAR, with the context of the EAR. */
@ApplicationScoped
public class FirstEndpoint {

    @SocketEndpoint(value = "first", port = 0, address = "127.0.0.1", ssl = "web")
    void tell(NamedStream stream, WarName name) throws IOException {
        stream.tell();
        stream.output().write((" and " + name.text()).getBytes(StandardCharsets.UTF_8));
    }
}
