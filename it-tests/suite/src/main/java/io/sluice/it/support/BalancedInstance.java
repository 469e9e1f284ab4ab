package io.sluice.it.support;

import io.sluice.server.ServerConnection;
import io.sluice.server.ServerStart;
import io.sluice.server.SocketServer;
import io.sluice.server.SocketServers;
import io.sluice.stream.SocketStream;
import io.sluice.stream.proxy.ProxyHeader;
import io.sluice.stream.proxy.ProxyProtocol;
import io.sluice.stream.proxy.ProxyVersion;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * An instance of a service behind a balancer, in a separate JVM. It prints its port, and serves until SIGTERM. Its arguments
 * are the files of its certificate and key.
 */
public final class BalancedInstance {

    /** Answers lines. An answer has the client's address, and says whether the next request must use another connection. */
    @Dependent
    public static class Answers extends SocketStream {

        @Inject
        Greeting greeting;

        void serve(ServerConnection connection) throws IOException {
            boolean last = false;
            for (String line = reader().readLine(); line != null && !last; line = last ? null : reader().readLine()) {
                last = connection.shouldFinish();
                int version = proxyHeader().map(ProxyHeader::version).orElse(0);
                writer().write(greeting.text() + ' ' + line + ' ' + remoteAddress() + " v" + version
                        + (last ? " bye\n" : " more\n"));
            }
        }
    }

    private BalancedInstance() {}

    public static void main(String[] arguments) throws Exception {
        Application application = Application.configured(
                        "sluice.ssl.web.key-store.pem.0.cert", Files.readString(Path.of(arguments[0])),
                        "sluice.ssl.web.key-store.pem.0.key", Files.readString(Path.of(arguments[1])))
                .beans(Answers.class)
                .start();
        SocketServer server = application
                .get(SocketServers.class)
                .startUp(ServerStart.of("web", Answers.class, Answers::serve)
                        .listening(
                                "balanced",
                                settings -> settings.proxyProtocol(ProxyProtocol.from(ProxyVersion.ANY, "127.0.0.1"))
                                        .drainTimeout(Duration.ofSeconds(20))));
        // OpenWebBeans SE, unlike Weld, does not close by itself.
        Runtime.getRuntime().addShutdownHook(new Thread(application::close, "stop"));
        System.out.println("port " + server.address().getPort());
        Thread.currentThread().join();
    }
}
