package io.sluice.examples.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.context.SslContext;
import io.sluice.context.SslContextSpecifier;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.TestCertificate;
import io.sluice.testing.internal.ProcessPeer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server sides, with independent clients and with the example's own sender. */
class MailTest {

    private static final TestCertificate SERVER = TestCertificate.ec("localhost");

    /** Configures the contexts as an application would, and keeps the messages. */
    @ApplicationScoped
    public static class Office {

        static final List<Message> INBOX = new CopyOnWriteArrayList<>();

        @Produces
        @SslContext("mail")
        SslContextSpecifier server() {
            return SslContextSpecifier.of(SERVER.context());
        }

        @Produces
        @SslContext("mail-client")
        SslContextSpecifier client() {
            return SslContextSpecifier.of(SERVER.trustingContext());
        }

        void keep(@Observes Message message) {
            INBOX.add(message);
        }
    }

    interface Session<S extends SocketStream> {
        void serve(S stream) throws IOException;
    }

    @TempDir
    Path directory;

    private SeContainer container;
    private ServerSocket listener;

    @BeforeEach
    void start() throws IOException {
        Office.INBOX.clear();
        container = SeContainerInitializer.newInstance()
                .addBeanClasses(Office.class)
                .initialize();
        listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        listener.close();
        container.close();
    }

    private <S extends SocketStream> FutureTask<Void> serve(Class<S> streamClass, Session<S> session) {
        SocketStreamCreator creator = container
                .select(SocketStreamCreator.class, SslContext.Literal.of("none"))
                .get();
        FutureTask<Void> served = new FutureTask<>(() -> {
            try (S stream = creator.create(listener.accept(), streamClass).orElseThrow()) {
                session.serve(stream);
            }
            return null;
        });
        Thread thread = new Thread(served, "mail server");
        thread.setDaemon(true);
        thread.start();
        return served;
    }

    private ProcessPeer openssl(String protocol) throws IOException {
        Path trusted = Files.writeString(directory.resolve("server.crt"), SERVER.certificatePem());
        return ProcessPeer.start(
                "openssl",
                "s_client",
                "-starttls",
                protocol,
                "-connect",
                "127.0.0.1:" + listener.getLocalPort(),
                "-servername",
                "localhost",
                "-CAfile",
                trusted.toString(),
                "-verify_return_error",
                "-crlf",
                "-quiet");
    }

    @Test
    void opensslSpeaksSmtpAfterStartTls() throws Exception {
        FutureTask<Void> served = serve(SmtpSession.class, SmtpSession::serve);
        try (ProcessPeer openssl = openssl("smtp")) {
            openssl.sendLine("NOOP");
            openssl.awaitOutput("250 OK");
            openssl.sendLine("MAIL FROM:<a@localhost>");
            openssl.awaitOutput("250 sender OK");
            openssl.sendLine("RCPT TO:<b@localhost>");
            openssl.awaitOutput("250 recipient OK");
            openssl.sendLine("DATA");
            openssl.awaitOutput("354");
            openssl.sendLine("Subject: tried\n\n..dot\n.");
            openssl.awaitOutput("250 message accepted");
            openssl.sendLine("QUIT");
            openssl.awaitOutput("221 closing connection");
            openssl.awaitEnd();
        }
        served.get(10, TimeUnit.SECONDS);
        assertThat(Office.INBOX)
                .containsExactly(new Message("<a@localhost>", List.of("<b@localhost>"), "Subject: tried\n\n.dot\n"));
    }

    @Test
    void opensslSpeaksImapAfterStartTls() throws Exception {
        FutureTask<Void> served = serve(ImapSession.class, ImapSession::serve);
        try (ProcessPeer openssl = openssl("imap")) {
            openssl.sendLine("a1 CAPABILITY");
            openssl.awaitOutput("* CAPABILITY IMAP4rev2 AUTH=PLAIN");
            openssl.sendLine("a2 LOGIN me secret");
            openssl.awaitOutput("a2 OK LOGIN completed");
            openssl.sendLine("a3 LOGOUT");
            openssl.awaitOutput("a3 OK LOGOUT completed");
            openssl.awaitEnd();
        }
        served.get(10, TimeUnit.SECONDS);
    }

    @Test
    void ownSenderSendsItsMessageOverTls() throws Exception {
        FutureTask<Void> served = serve(SmtpSession.class, SmtpSession::serve);
        Message message = new Message("<a@x>", List.of("<b@y>", "<c@z>"), "Subject: hello\n\n.\nend\n");
        container
                .select(MailSender.class)
                .get()
                .send(listener.getInetAddress().getHostName(), listener.getLocalPort(), message);
        served.get(10, TimeUnit.SECONDS);
        assertThat(Office.INBOX).containsExactly(message);
    }

    @Test
    void clientThatDisconnectsWithinAMessageIsReported() throws Exception {
        FutureTask<Void> served = serve(SmtpSession.class, SmtpSession::serve);
        try (SocketStream client = secured()) {
            for (String command : List.of("MAIL FROM:<a@x>", "RCPT TO:<b@y>", "DATA")) {
                client.writer().write(command + "\r\n");
                assertThat(client.reader().readLine(100)).containsPattern("^(250|354) ");
            }
            client.writer().write("Subject: half\r\nof a");
        }
        await("the server's end of it").until(served::isDone);
        assertThatThrownBy(served::get)
                .cause()
                .isInstanceOf(EOFException.class)
                .hasMessage("the client disconnected within a message");
        assertThat(Office.INBOX).isEmpty();
    }

    @Test
    void lineThatIsTooLongEndsTheSession() throws Exception {
        FutureTask<Void> served = serve(SmtpSession.class, SmtpSession::serve);
        try (Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
            client.getOutputStream()
                    .write("x".repeat(SmtpSession.MAX_LINE_LENGTH + 1).getBytes(StandardCharsets.US_ASCII));
            await("the server's end of it").until(served::isDone);
        }
        assertThatThrownBy(served::get)
                .cause()
                .isInstanceOfSatisfying(
                        SocketStreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.LINE_TOO_LONG));
    }

    @Test
    void commandInAnAddressIsRejected() {
        assertThatThrownBy(() -> new Message("<a@x>\r\nRCPT TO:<c@z>", List.of("<b@y>"), ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Opens a client that has started TLS. */
    private SocketStream secured() throws IOException {
        SocketStream client = container
                .select(SocketStreamConnector.class, SslContext.Literal.of("none"))
                .get()
                .open("localhost", listener.getLocalPort(), SocketStream.class)
                .orElseThrow();
        client.reader().readLine(100);
        client.writer().write("STARTTLS\r\n");
        client.reader().readLine(100);
        client.attachSsl(container
                .select(SslContextSpecifier.class, SslContext.Literal.of("mail-client"))
                .get());
        return client;
    }

    @Test
    void mailWithoutTlsIsRejected() throws Exception {
        FutureTask<Void> served = serve(SmtpSession.class, SmtpSession::serve);
        try (Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
            client.getOutputStream().write("MAIL FROM:<a@x>\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(answers.lines())
                    .containsExactly(
                            "220 localhost ready", "530 Must issue a STARTTLS command first", "221 closing connection");
        }
        served.get(10, TimeUnit.SECONDS);
    }

    @Test
    void commandInjectedBehindStartTlsEndsTheConnection() throws Exception {
        FutureTask<Void> served = serve(SmtpSession.class, SmtpSession::serve);
        try (Socket mallory = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
            mallory.getOutputStream().write("STARTTLS\r\nMAIL FROM:<m@x>\r\n".getBytes(StandardCharsets.US_ASCII));
            await("the server's end of it").until(served::isDone);
        }
        assertThatThrownBy(served::get)
                .cause()
                .isInstanceOfSatisfying(
                        SocketStreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_TLS));
        assertThat(Office.INBOX).isEmpty();
    }
}
