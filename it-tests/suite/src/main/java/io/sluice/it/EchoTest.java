package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContext;
import io.sluice.it.support.Application;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.testing.TestCertificate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class EchoTest {

    @Dependent
    public static class EchoStream extends SocketStream {
        void echo() throws IOException {
            input().transferTo(output());
        }
    }

    @ApplicationScoped
    public static class Service {
        private final TestCertificate certificate = TestCertificate.ec("localhost");

        @Inject
        @SslContext("web")
        SocketStreamCreator creator;

        @Inject
        @SslContext(value = "web", errorp = true)
        SocketStreamConnector connector;

        SocketStreamCreator creator() {
            return creator;
        }

        SocketStreamConnector connector() {
            return connector;
        }

        @Produces
        @SslContext("web")
        SSLContext context() {
            return certificate.context();
        }
    }

    @Test
    void echoOverTheApplicationsOwnContext() throws Exception {
        try (Application application = Application.configured()
                        .beans(Service.class, EchoStream.class)
                        .start();
                ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Service service = application.get(Service.class);
            SocketStreamCreator creator = service.creator();
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
                try (EchoStream stream =
                        creator.create(server.accept(), EchoStream.class).orElseThrow()) {
                    stream.echo();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            try (SocketStream client = service.connector()
                    .open("localhost", server.getLocalPort(), SocketStream.class)
                    .orElseThrow()) {
                client.writer().write("hello\n");
                assertThat(client.reader().readLine()).isEqualTo("hello");
                assertThat(client.tls().orElseThrow().protocol()).isEqualTo("TLSv1.3");
            }
            served.join();
        }
    }
}
