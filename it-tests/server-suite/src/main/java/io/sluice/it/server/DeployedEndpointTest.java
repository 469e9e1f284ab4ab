package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.ContainerReport;
import io.sluice.it.support.Feature;
import io.sluice.testing.TestCertificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Endpoints of a WAR, with clients outside the server. */
@ServerTest
class DeployedEndpointTest {

    private static final TestCertificate CERTIFICATE = TestCertificate.ec("localhost");
    private static final String CARRYING = "java:module/concurrent/carrying";
    private static final String CARRIED = "1, 2 of the same stream, 3";
    private static final int IDLE = 200;
    private static final int MOST_THREADS = 50;
    private static final String LEFT = "1, no connection, 2";

    @ArquillianResource
    URI address;

    @Deployment(testable = false)
    static WebArchive application() {
        return Applications.endpoints(CERTIFICATE);
    }

    private SSLSocket connect(String endpoint) throws IOException, InterruptedException {
        return TlsEchoClient.connect(CERTIFICATE, new Deployed(address).port(endpoint));
    }

    @Test
    @Feature("endpoints")
    void tlsClientIsAnsweredByTheEndpointThatTheDeploymentStarted() throws Exception {
        try (SSLSocket socket = connect("echo")) {
            assertThat(TlsEchoClient.echo(socket, "hello")).isEqualTo("hello");
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
        }
    }

    @Test
    @Feature("connection scope")
    void connectionsHaveBeansOfTheirOwn() throws Exception {
        Deployed application = new Deployed(address);
        int ended = Integer.parseInt(application.ask("tallies-ended"));
        try (Socket first = connect("tally");
                Socket second = connect("tally")) {
            assertThat(next(first)).isEqualTo(1);
            assertThat(next(first)).isEqualTo(2);
            assertThat(next(second)).isEqualTo(1);
        }
        Awaitility.await().until(() -> Integer.parseInt(application.ask("tallies-ended")) == ended + 2);
    }

    private static int next(Socket socket) throws IOException {
        socket.getOutputStream().write('?');
        return socket.getInputStream().read();
    }

    @Test
    @Feature("JMX")
    void reportIsRegisteredUnderTheNameOfTheApplication() throws Exception {
        String[] answer = new Deployed(address).ask("management").split("\n", 2);
        assertThat(answer[1])
                .startsWith("{\"application\":\"" + answer[0] + "\"")
                .contains("\"name\":\"echo\",\"endpoint\":true,\"state\":\"RUNNING\"");
        ContainerReport.fact("application's name", answer[0].replaceFirst("^.*endpoints.*$", "the archive's"));
    }

    @Test
    @Feature("JNDI")
    void handlerFindsTheApplicationAroundIt() throws Exception {
        assertThat(inside())
                .containsEntry("naming", "hello")
                .containsEntry("current", "1")
                .containsEntry("loader", "true");
    }

    @Test
    @RequiresCapability(Server.Capability.CONCURRENCY)
    @Feature("managed threads")
    void handlerRunsOnAManagedThread() throws Exception {
        assertThat(inside()).containsEntry("threads", "managed");
    }

    @Test
    void threadsOfHandlersAreReported() throws Exception {
        ContainerReport.fact("threads", inside().get("threads"));
    }

    @Test
    @Feature("messages")
    void methodOfMessagesFindsTheApplicationAroundIt() throws Exception {
        try (SSLSocket socket = connect("messages")) {
            BufferedReader replies = reader(socket);
            for (int i = 1; i <= 2; i++) {
                assertThat(answer(socket, replies))
                        .contains("naming=hello", "current=" + i, "loader=true")
                        .contains("threads=" + inside().get("threads"));
            }
        }
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static String answer(Socket socket, BufferedReader replies) throws IOException {
        socket.getOutputStream().write("x\n".getBytes(StandardCharsets.UTF_8));
        return replies.readLine();
    }

    /** The threads that made the connections stay for a while. */
    @Test
    @Feature("messages")
    void idleConnectionsOfMessagesHaveNoThreads() throws Exception {
        Deployed application = new Deployed(address);
        int before = Integer.parseInt(application.ask("thread-count"));
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < IDLE; i++) {
                SSLSocket socket = connect("messages");
                open.add(socket);
                assertThat(answer(socket, reader(socket))).contains("current=1");
            }
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> Integer.parseInt(application.ask("thread-count")) < before + MOST_THREADS);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    private Map<String, String> inside() throws Exception {
        return told("inside");
    }

    private Map<String, String> told(String endpoint) throws Exception {
        try (Socket socket = connect(endpoint)) {
            return lines(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static Map<String, String> lines(String told) {
        return told.lines().map(line -> line.split("=", 2)).collect(Collectors.toMap(line -> line[0], line -> line[1]));
    }

    @Test
    @RequiresCapability(Server.Capability.CONCURRENCY)
    @Feature("managed tasks")
    void taskOfAManagedExecutorIsInTheConnectionOfItsHandlerUnlessThatIsLeftBehind() throws Exception {
        assertThat(counted(CARRYING)).isEqualTo(CARRIED);
        assertThat(counted("java:module/concurrent/leaving")).isEqualTo(LEFT);
    }

    /** Jakarta Concurrency does not require servers to propagate the contexts of applications. */
    @Test
    @RequiresCapability(Server.Capability.CONCURRENCY)
    @Feature("managed tasks")
    void taskOfTheDefaultExecutorIsInTheConnectionWhereThatTakesContextsOfApplicationsAlong() throws Exception {
        boolean carries = Server.current().has(Server.Capability.PROPAGATION);
        assertThat(counted("java:comp/DefaultManagedExecutorService")).isEqualTo(carries ? CARRIED : LEFT);
        ContainerReport.fact("default executor", carries ? "in the connection" : "not in it");
    }

    /** Counted by the handler, the task and the handler again. */
    private String counted(String executor) throws Exception {
        Deployed application = new Deployed(address);
        int ended = Integer.parseInt(application.ask("tallies-ended"));
        try (Socket socket = connect("task")) {
            name(executor, socket);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            // The client sees the end of the stream before the beans end, which other tests count.
            Awaitility.await().until(() -> Integer.parseInt(application.ask("tallies-ended")) > ended);
        }
    }

    private static void name(String executor, Socket socket) throws IOException {
        socket.getOutputStream().write((executor + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @RequiresCapability(Server.Capability.CONCURRENCY)
    @Feature("managed tasks")
    void beansOfAConnectionThatIsClosedStayUntilTheTaskEnds() throws Exception {
        Deployed application = new Deployed(address);
        int ended = Integer.parseInt(application.ask("tallies-ended"));
        try (Socket socket = connect("late")) {
            name(CARRYING, socket);
            assertThat(socket.getInputStream().read()).as("closed in order").isEqualTo(-1);
        }
        assertThat(Integer.parseInt(application.ask("tallies-ended"))).isEqualTo(ended);
        assertThat(application.ask("late")).isEqualTo("2");
        Awaitility.await().until(() -> Integer.parseInt(application.ask("tallies-ended")) == ended + 1);
    }

    @Test
    @RequiresCapability(Server.Capability.SECURITY)
    @Feature("security")
    void handlerSeesNobodyAsARequestDoesThatNobodyLoggedInFor() throws Exception {
        Map<String, String> seen = told("caller");
        assertThat(seen).isEqualTo(lines(new Deployed(address).ask("caller"))).containsEntry("role", "false");
        ContainerReport.fact("caller", seen.get("caller"));
    }

    @Test
    @RequiresCapability(Server.Capability.TRANSACTIONS)
    @Feature("transactions")
    void handlerHasTransactions() throws Exception {
        try (Socket socket = connect("transaction")) {
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .as("active, joined, none behind the commit, begun by a bean (jakarta.transaction.Status)")
                    .isEqualTo("0 0 6 0");
        }
    }
}
