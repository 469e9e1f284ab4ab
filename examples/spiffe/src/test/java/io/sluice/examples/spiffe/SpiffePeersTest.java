package io.sluice.examples.spiffe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.SslContext;
import io.sluice.examples.spiffe.TrustDomainAuthority.Svid;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.StreamResult;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which peers the example accepts, as clients and as servers. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the client of the Workload API is that for Linux")
class SpiffePeersTest {

    private static final TrustDomainAuthority OWN = new TrustDomainAuthority("example.org");
    private static final TrustDomainAuthority FEDERATED = new TrustDomainAuthority("partner.example");
    private static final TrustDomainAuthority FOREIGN = new TrustDomainAuthority("elsewhere.example");

    @TempDir
    static Path directory;

    private static FakeWorkloadApi api;
    private static GreeterApplication greeter;

    @BeforeAll
    static void start() throws IOException {
        Path socket = directory.resolve("agent.sock");
        api = new FakeWorkloadApi(socket);
        api.give(OWN.issue("/greeter"), OWN, FEDERATED);
        greeter = GreeterApplication.start(socket);
    }

    @AfterAll
    static void stop() {
        greeter.close();
        api.close();
    }

    private static StreamResult<SocketStream> connect(int port) throws IOException {
        return greeter.container()
                .select(SocketStreamConnector.class, SslContext.Literal.of("mesh"))
                .get()
                .open("127.0.0.1", port, SocketStream.class);
    }

    /** The peers, and whether they are to be accepted. */
    enum Peer {
        OF_OWN_DOMAIN(OWN.issue("/billing"), true),
        OF_FEDERATED_DOMAIN(FEDERATED.issue("/shop"), true),
        EXPIRED(OWN.expired("/billing"), false),
        NOT_IN_THE_LIST(OWN.issue("/stranger"), false),
        OF_FOREIGN_DOMAIN(FOREIGN.issueAs("spiffe://example.org/billing"), false),
        /** Its authority is trusted, but not for this domain. */
        OF_FEDERATED_DOMAIN_THAT_CLAIMS_OWN_ID(FEDERATED.issueAs("spiffe://example.org/billing"), false);

        final Svid svid;
        final boolean accepted;

        Peer(Svid svid, boolean accepted) {
            this.svid = svid;
            this.accepted = accepted;
        }
    }

    @ParameterizedTest
    @EnumSource
    void clientIsKnownByItsId(Peer peer) throws Exception {
        OtherWorkload client = new OtherWorkload(peer.svid);
        if (peer.accepted) {
            assertThat(client.greetedBy(greeter.port()).line()).isEqualTo("hello " + peer.svid.id());
        } else {
            assertThatThrownBy(() -> client.greetedBy(greeter.port())).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void serverIsKnownByItsIdAndNotByItsHost(Peer peer) throws Exception {
        try (ServerSocket listener = new OtherWorkload(peer.svid).listen()) {
            FutureTask<Void> served = new FutureTask<>(() -> {
                try (Socket accepted = listener.accept()) {
                    accepted.getOutputStream().write("welcome\n".getBytes(StandardCharsets.UTF_8));
                }
                return null;
            });
            Thread thread = new Thread(served, "other workload");
            thread.setDaemon(true);
            thread.start();
            StreamResult<SocketStream> result = connect(listener.getLocalPort());
            assertThat(result.findStream().isPresent()).as(result.toString()).isEqualTo(peer.accepted);
            if (peer.accepted) {
                try (SocketStream stream = result.orElseThrow()) {
                    assertThat(Greeter.idOf(stream.tls().orElseThrow())).isEqualTo(peer.svid.id());
                    assertThat(stream.reader().readLine(100)).isEqualTo("welcome");
                }
            }
        }
    }
}
