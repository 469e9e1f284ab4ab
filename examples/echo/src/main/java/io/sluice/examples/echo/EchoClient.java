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
import java.util.Arrays;

/** Tests the service: sends a line repeatedly, and measures the median round trip. */
@ApplicationScoped
public class EchoClient {

    /** Round trips before the measured ones, because the JIT compiler slows down the first ones. */
    private static final int WARM_UP = 2_000;

    private static final int TIMED = 101;

    @Inject
    @SslContext(value = "echo-client", errorp = true)
    SocketStreamConnector connector;

    /**
     * Checks that each line comes back, and prints the parameters of the connection.
     *
     * @param name the name in the server's certificate
     * @param port the server's port
     */
    public void check(String name, int port) throws IOException {
        Initarg writeTimeout = Initarg.writeTimeout(Duration.ofSeconds(5));
        Initarg serverName = Initarg.serverName(name);
        try (SocketStream stream = connector
                .open("localhost", port, SocketStream.class, writeTimeout, serverName)
                .orElseThrow()) {
            TlsSession tls = stream.tls().orElseThrow(() -> new IOException("the connection is not TLS"));
            String line = "Hello over " + tls.protocol();
            for (int i = 0; i < WARM_UP; i++) {
                roundTrip(stream, line);
            }
            long[] nanos = new long[TIMED];
            for (int i = 0; i < TIMED; i++) {
                nanos[i] = roundTrip(stream, line);
            }
            Arrays.sort(nanos);
            System.out.printf("protocol      %s%n", tls.protocol());
            System.out.printf("cipher suite  %s%n", tls.cipherSuite());
            System.out.printf("client        %s%n", stream.localAddress());
            System.out.printf("server        %s%n", stream.remoteAddress());
            System.out.printf("round trip    %d µs: \"%s\"%n", nanos[TIMED / 2] / 1000, line);
        }
    }

    private static long roundTrip(SocketStream stream, String line) throws IOException {
        long start = System.nanoTime();
        stream.writer().write(line + "\n");
        stream.readDeadline(Duration.ofSeconds(5));
        String echoed = stream.reader().readLine(1_000);
        long nanos = System.nanoTime() - start;
        if (!line.equals(echoed)) {
            throw new IOException("sent '" + line + "', received '" + echoed + "'");
        }
        return nanos;
    }
}
