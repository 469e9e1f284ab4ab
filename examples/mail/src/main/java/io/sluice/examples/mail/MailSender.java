package io.sluice.examples.mail;

import io.sluice.context.SslContext;
import io.sluice.context.SslContextSpecifier;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.stream.Collectors;

/** The client's side: connects in the clear, and says nothing of the message before TLS is on. */
@ApplicationScoped
public class MailSender {

    private static final Logger LOG = System.getLogger(MailSender.class.getName());
    private static final int LONGEST_ANSWER = 1_000;
    private static final Duration FOR_AN_ANSWER = Duration.ofMinutes(2);
    private static final Duration FOR_A_WRITE = Duration.ofSeconds(30);

    @Inject
    @SslContext(value = "none", errorp = true)
    SocketStreamConnector connector;

    @Inject
    @SslContext("mail-client")
    SslContextSpecifier context;

    /** Hands a message to a server. If nothing is thrown, the server has it. */
    public void send(String host, int port, Message message) throws IOException {
        Initarg patience = Initarg.writeTimeout(FOR_A_WRITE);
        try (SocketStream stream =
                connector.open(host, port, SocketStream.class, patience).orElseThrow()) {
            expect(stream, "220");
            ask(stream, "EHLO localhost", "250");
            ask(stream, "STARTTLS", "220");
            stream.attachSsl(context);
            ask(stream, "EHLO localhost", "250");
            ask(stream, "MAIL FROM:" + message.sender(), "250");
            for (String recipient : message.recipients()) {
                ask(stream, "RCPT TO:" + recipient, "250");
            }
            ask(stream, "DATA", "354");
            ask(stream, dotted(message.text()) + ".", "250");
            quit(stream);
        }
    }

    /** The server has the message: reporting a failure now would have it sent again. */
    private static void quit(SocketStream stream) {
        try {
            ask(stream, "QUIT", "221");
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the server took the message and not the QUIT", e);
        }
    }

    private static String dotted(String text) {
        return text.lines()
                .map(line -> (line.startsWith(".") ? "." : "") + line + "\r\n")
                .collect(Collectors.joining());
    }

    private static void ask(SocketStream stream, String command, String code) throws IOException {
        stream.writer().write(command + "\r\n");
        expect(stream, code);
    }

    /** An answer of several lines has a hyphen behind the code of all but the last (RFC 5321, 4.2.1). */
    private static void expect(SocketStream stream, String code) throws IOException {
        stream.readDeadline(FOR_AN_ANSWER);
        String line = stream.reader().readLine(LONGEST_ANSWER);
        while (line != null && line.startsWith(code + "-")) {
            line = stream.reader().readLine(LONGEST_ANSWER);
        }
        if (line == null || !line.startsWith(code + " ")) {
            throw new IOException("expected " + code + ", and the server said: " + line);
        }
    }
}
