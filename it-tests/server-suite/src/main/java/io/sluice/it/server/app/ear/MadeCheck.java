package io.sluice.it.server.app.ear;

import io.sluice.context.SslContext;
import io.sluice.it.server.app.Check;
import io.sluice.it.server.app.CheckName;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStreamCreator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The answer of a stream class of the WAR: {@code NamedStream}, or a discovered one with an initarg. */
@ApplicationScoped
@CheckName("made")
public class MadeCheck implements Check {

    @Inject
    @SslContext("none")
    SocketStreamCreator creator;

    @Override
    public String run(Map<String, String> parameters) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket far = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
            try (NamedStream stream = parameters.get("class").equals("NamedStream")
                    ? creator.create(listener.accept(), NamedStream.class).orElseThrow()
                    : creator.create(listener.accept(), DiscoveredStream.class, Initarg.of("greeting", "hello"))
                            .orElseThrow()) {
                stream.tell();
            }
            return new String(far.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
