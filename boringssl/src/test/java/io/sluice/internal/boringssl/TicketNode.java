package io.sluice.internal.boringssl;

import io.sluice.context.AllowedCaller;
import io.sluice.context.SslContexts;
import io.sluice.it.support.Application;
import io.sluice.server.ServerConnection;
import io.sluice.server.ServerStart;
import io.sluice.server.SocketServer;
import io.sluice.server.SocketServers;
import io.sluice.stream.SocketStream;
import io.sluice.stream.TlsSession;
import jakarta.enterprise.context.Dependent;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** One of several servers with the same keys for tickets, in this JVM or in one of its own. Not to be used beside another one in one thread. */
final class TicketNode implements AutoCloseable {

    /** Answers each line with what this connection knows about the client, and how. */
    @Dependent
    public static class Answers extends SocketStream {

        void serve(ServerConnection connection) throws IOException {
            while (reader().readLine() != null) {
                TlsSession session = tls().orElseThrow();
                writer().write((session.resumed() ? "resumed" : "full")
                        + ' '
                        + session.peerPrincipal().map(Object::toString).orElse("nobody")
                        + ' '
                        + session.verification().result()
                        + ' '
                        + session.caller().map(AllowedCaller::name).orElse("nobody")
                        + '\n');
                writer().flush();
            }
        }
    }

    private final Application application;
    private final SocketServer server;

    private TicketNode(Map<String, String> properties) throws IOException {
        application =
                Application.configured().with(properties).beans(Answers.class).start();
        server = application
                .get(SocketServers.class)
                .startUp(ServerStart.of("web", Answers.class, Answers::serve)
                        .listening("tickets", settings -> settings.drainTimeout(Duration.ofSeconds(20))));
    }

    static TicketNode start(Map<String, String> properties) throws IOException {
        return new TicketNode(properties);
    }

    int port() {
        return server.address().getPort();
    }

    void reload() throws Exception {
        application.get(SslContexts.class).reload("web");
    }

    @Override
    public void close() {
        application.close();
    }

    /** Prints its port, and serves until SIGTERM. The argument is a file of its properties. */
    public static void main(String[] arguments) throws Exception {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of(arguments[0]))) {
            properties.load(in);
        }
        TicketNode node = start(properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty)));
        Runtime.getRuntime().addShutdownHook(new Thread(node::close, "stop"));
        System.out.println("port " + node.port());
        Thread.currentThread().join();
    }
}
