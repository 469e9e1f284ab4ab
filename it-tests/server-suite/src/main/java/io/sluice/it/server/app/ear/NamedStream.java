package io.sluice.it.server.app.ear;

import io.sluice.stream.SocketStream;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Says the name of the WAR that it was made by; no bean by annotation. */
public class NamedStream extends SocketStream {

    @Inject
    WarName name;

    void tell() throws IOException {
        output().write(name.text().getBytes(StandardCharsets.UTF_8));
    }
}
