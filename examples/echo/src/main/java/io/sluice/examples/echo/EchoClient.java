package io.sluice.examples.echo;

import io.sluice.context.SslContext;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.TlsSession;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;

/** Tries the service: one line there and back. */
@ApplicationScoped
public class EchoClient {

    @Inject
    @SslContext(value = "echo-client", errorp = true)
    SocketStreamConnector connector;

    /** Sends a line, checks that it comes back, and tells what the connection agreed on. The name is the certificate's. */
    public void check(String name, int port) throws IOException {
        Initarg patience = Initarg.writeTimeout(Duration.ofSeconds(5));
        Initarg expected = Initarg.serverName(name);
        try (SocketStream stream = connector
                .open("localhost", port, SocketStream.class, patience, expected)
                .orElseThrow()) {
            TlsSession tls = stream.tls().orElseThrow(() -> new IOException("the connection is not TLS"));
            String line = "Hello over " + tls.protocol();
            long start = System.nanoTime();
            stream.writer().write(line + "\n");
            stream.readDeadline(Duration.ofSeconds(5));
            String echoed = stream.reader().readLine(1_000);
            long micros = (System.nanoTime() - start) / 1000;
            if (!line.equals(echoed)) {
                throw new IOException("sent \"" + line + "\", got back \"" + echoed + "\"");
            }
            System.out.printf("protocol      %s%n", tls.protocol());
            System.out.printf("cipher suite  %s%n", tls.cipherSuite());
            System.out.printf("client        %s%n", stream.localPeer());
            System.out.printf("server        %s%n", stream.remotePeer());
            System.out.printf("round trip    %d µs: \"%s\"%n", micros, echoed);
        }
    }
}
