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

/** The client side: connects without TLS, and starts it before it sends anything of the message. */
@ApplicationScoped
public class MailSender {

    private static final Logger LOG = System.getLogger(MailSender.class.getName());
    private static final int MAX_REPLY_LENGTH = 1_000;
    private static final Duration REPLY_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(30);

    @Inject
    @SslContext(value = "none", errorp = true)
    SocketStreamConnector connector;

    @Inject
    @SslContext("mail-client")
    SslContextSpecifier context;

    /**
     * Sends a message to a server.
     *
     * @throws IOException if the server may not have accepted the message
     */
    public void send(String host, int port, Message message) throws IOException {
        Initarg writeTimeout = Initarg.writeTimeout(WRITE_TIMEOUT);
        try (SocketStream stream =
                connector.open(host, port, SocketStream.class, writeTimeout).orElseThrow()) {
            expect(stream, "220");
            command(stream, "EHLO localhost", "250");
            command(stream, "STARTTLS", "220");
            stream.attachSsl(context);
            command(stream, "EHLO localhost", "250");
            command(stream, "MAIL FROM:" + message.sender(), "250");
            for (String recipient : message.recipients()) {
                command(stream, "RCPT TO:" + recipient, "250");
            }
            command(stream, "DATA", "354");
            command(stream, dotStuffed(message.text()) + ".", "250");
            quit(stream);
        }
    }

    /** Throws nothing: the server has accepted the message, and a reported failure would have it sent again. */
    private static void quit(SocketStream stream) {
        try {
            command(stream, "QUIT", "221");
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the server accepted the message, but not QUIT", e);
        }
    }

    private static String dotStuffed(String text) {
        return text.lines()
                .map(line -> (line.startsWith(".") ? "." : "") + line + "\r\n")
                .collect(Collectors.joining());
    }

    private static void command(SocketStream stream, String command, String code) throws IOException {
        stream.writer().write(command + "\r\n");
        expect(stream, code);
    }

    /** In a reply of several lines, a hyphen follows the code in each line except the last one (RFC 5321, 4.2.1). */
    private static void expect(SocketStream stream, String code) throws IOException {
        stream.readDeadline(REPLY_TIMEOUT);
        String line = stream.reader().readLine(MAX_REPLY_LENGTH);
        while (line != null && line.startsWith(code + "-")) {
            line = stream.reader().readLine(MAX_REPLY_LENGTH);
        }
        if (line == null || !line.startsWith(code + " ")) {
            throw new IOException("expected the reply " + code + ", but the server sent: " + line);
        }
    }
}
