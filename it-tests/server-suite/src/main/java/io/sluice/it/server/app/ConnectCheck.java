package io.sluice.it.server.app;

import io.sluice.context.SslContext;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The answer of an echo on this machine to a client with the context {@code web-client}. */
@ApplicationScoped
@CheckName("connect")
public class ConnectCheck implements Check {

    @Inject
    @SslContext("web-client")
    SocketStreamConnector connector;

    @Override
    public String run(Map<String, String> parameters) throws Exception {
        try (SocketStream stream = connector
                .open("localhost", Integer.parseInt(parameters.get("port")), SocketStream.class)
                .orElseThrow()) {
            stream.output().write("hello".getBytes(StandardCharsets.UTF_8));
            stream.output().flush();
            return new String(stream.input().readNBytes(5), StandardCharsets.UTF_8);
        }
    }
}
