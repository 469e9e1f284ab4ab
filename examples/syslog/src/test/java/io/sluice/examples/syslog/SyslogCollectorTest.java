package io.sluice.examples.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.examples.provision.DefaultProperties;
import io.sluice.examples.syslog.StructuredElement.Parameter;
import io.sluice.server.ConnectionFailed;
import io.sluice.server.SocketServer;
import io.sluice.server.SocketServers;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.LogCapture;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The collector, with rsyslogd as the sender, and with senders that nobody would want. */
class SyslogCollectorTest {

    private static final String GOOD = "<13>1 - - good - - - still here";

    private final TestAuthority authority = TestAuthority.create("syslog CA");

    /** What the application does with the messages, and what it is told of failures. */
    @ApplicationScoped
    public static class Archive {

        static final List<SyslogMessage> MESSAGES = new CopyOnWriteArrayList<>();
        static final List<ConnectionFailed> FAILED = new CopyOnWriteArrayList<>();

        void keep(@Observes SyslogMessage message) {
            MESSAGES.add(message);
        }

        void keep(@Observes ConnectionFailed failed) {
            FAILED.add(failed);
        }
    }

    @TempDir
    Path directory;

    private SeContainer container;
    private TestChain server;

    @BeforeEach
    void start() {
        Archive.MESSAGES.clear();
        Archive.FAILED.clear();
        server = authority.issue("localhost");
        DefaultProperties.add(Map.of(
                "sluice.ssl.syslog.key-store.pem.0.cert",
                server.pem(),
                "sluice.ssl.syslog.key-store.pem.0.key",
                server.keyPem(),
                "sluice.endpoint.syslog.port",
                "0",
                "sluice.endpoint.syslog.address",
                "localhost"));
        container = SeContainerInitializer.newInstance()
                .addBeanClasses(Archive.class)
                .initialize();
    }

    @AfterEach
    void stop() {
        container.close();
    }

    private SocketServer collector() {
        return container.select(SocketServers.class).get().named("syslog").orElseThrow();
    }

    private SSLSocket sender() throws IOException {
        Socket raw = new Socket("localhost", collector().address().getPort());
        raw.setSoTimeout(10_000);
        return (SSLSocket)
                authority.trustingContext().getSocketFactory().createSocket(raw, "localhost", raw.getPort(), true);
    }

    private static void send(SSLSocket sender, String octets) throws IOException {
        sender.getOutputStream().write(octets.getBytes(StandardCharsets.UTF_8));
    }

    private static String frame(String message) {
        return message.getBytes(StandardCharsets.UTF_8).length + " " + message;
    }

    private static void until(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(condition);
    }

    @Test
    void rsyslogdHandsOnWhatItIsTold() throws Exception {
        try (Rsyslog rsyslog =
                Rsyslog.start(directory, authority.pem(), collector().address().getPort())) {
            rsyslog.log("--tag", "backup", "--id=4711", "-p", "local3.warning", "the disk is nearly full");
            rsyslog.log(
                    "--rfc5424",
                    "--tag",
                    "shop",
                    "-p",
                    "user.err",
                    "--msgid",
                    "ORDER",
                    "--sd-id",
                    "order@32473",
                    "--sd-param",
                    "number=\"17\"",
                    "a käse too many");
            until(() -> Archive.MESSAGES.size() == 2);
            assertThat(collector().connections()).isEqualTo(1);
            rsyslog.stop();
            until(() -> collector().connections() == 0);
        }
        assertThat(Archive.MESSAGES)
                .extracting(
                        SyslogMessage::facility,
                        SyslogMessage::severity,
                        message -> message.appName().orElse(""),
                        message -> message.msgId().orElse(""),
                        message -> message.text().strip())
                .containsExactly(
                        tuple(Facility.LOCAL3, Severity.WARNING, "backup", "", "the disk is nearly full"),
                        tuple(Facility.USER, Severity.ERROR, "shop", "ORDER", "a käse too many"));
        assertThat(Archive.MESSAGES.get(0).procId()).hasValue("4711");
        assertThat(Archive.MESSAGES.get(0).timestamp()).isPresent();
        assertThat(Archive.MESSAGES.get(1).structuredData())
                .contains(new StructuredElement("order@32473", List.of(new Parameter("number", "17"))));
        assertThat(Archive.FAILED).isEmpty();
    }

    @Test
    void manyMessagesOfRsyslogdComeInOrder() throws Exception {
        try (Rsyslog rsyslog =
                Rsyslog.start(directory, authority.pem(), collector().address().getPort())) {
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < 500; i++) {
                lines.append("message ").append(i).append(" x".repeat(i)).append('\n');
            }
            Path file = Files.writeString(directory.resolve("lines"), lines);
            rsyslog.log("--tag", "many", "-S", "4096", "-f", file.toString());
            until(() -> Archive.MESSAGES.size() == 500);
        }
        for (int i = 0; i < 500; i++) {
            assertThat(Archive.MESSAGES.get(i).text().strip()).isEqualTo("message " + i + " x".repeat(i));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<13>1 - - a - - - newline framed | a frame must begin with its length, but this one begins with '<': set the sender to octet counting (RFC 5425)",
                "007 <13>1                        | a frame must begin with its length, but this one begins with '0': set the sender to octet counting (RFC 5425)",
                "12x                              | the length of a frame contains 'x'",
                "99999999999999                   | a frame of 99999 or more octets exceeds the limit of 65536",
                "4 nope                           | not a syslog message (RFC 5424): '<' is missing, at octet 1 of 4",
            })
    void malformedSenderEndsItsOwnConnectionAlone(String octets, String defect) throws Exception {
        try (SSLSocket good = sender();
                SSLSocket bad = sender()) {
            send(good, frame(GOOD));
            until(() -> Archive.MESSAGES.size() == 1);
            send(bad, frame(GOOD) + octets);
            assertThat(bad.getInputStream().read()).isEqualTo(-1);
            send(good, frame(GOOD));
            until(() -> Archive.MESSAGES.size() == 3 && !Archive.FAILED.isEmpty());
            assertThat(Archive.FAILED).singleElement().satisfies(failed -> {
                assertThat(failed.peer()).isEqualTo(bad.getLocalSocketAddress());
                assertThat(failed.cause())
                        .isInstanceOf(MalformedSyslogException.class)
                        .hasMessage(defect);
            });
        }
    }

    @Test
    void senderIsLoggedWithItsNumberOfMessages() throws Exception {
        try (LogCapture log = LogCapture.of(Sender.class.getName(), record -> true)) {
            String address;
            try (SSLSocket sender = sender()) {
                address = sender.getLocalSocketAddress().toString();
                send(sender, frame(GOOD) + frame(GOOD));
                until(() -> Archive.MESSAGES.size() == 2);
            }
            until(() -> !log.records().isEmpty());
            assertThat(log.records())
                    .singleElement()
                    .satisfies(record -> assertThat(record.getMessage()).isEqualTo(address + " has sent 2 messages"));
        }
    }

    @Test
    void senderThatDisconnectsWithinAMessageIsReported() throws Exception {
        try (SSLSocket sender = sender()) {
            send(sender, "100 <13>1 - - a");
        }
        until(() -> Archive.FAILED.size() == 1);
        assertThat(Archive.FAILED.get(0).cause())
                .isInstanceOf(EOFException.class)
                .hasMessage("the connection ended after 11 of 100 octets of a message");
        assertThat(Archive.MESSAGES).isEmpty();
    }

    @Test
    void framesOfTheLargestSizeAreTakenHoweverTheyAreCut() throws Exception {
        String message = "<13>1 - - a - - - " + "x".repeat(SyslogStream.MAX_FRAME_SIZE - 18);
        try (SSLSocket sender = sender()) {
            String both = frame(message) + frame(GOOD);
            for (int sent = 0; sent < both.length(); sent += 7_001) {
                send(sender, both.substring(sent, Math.min(both.length(), sent + 7_001)));
            }
            until(() -> Archive.MESSAGES.size() == 2);
        }
        assertThat(Archive.MESSAGES.get(0).text()).hasSize(SyslogStream.MAX_FRAME_SIZE - 18);
    }
}
