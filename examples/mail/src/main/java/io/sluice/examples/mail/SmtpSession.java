package io.sluice.examples.mail;

import io.sluice.context.SslContext;
import io.sluice.context.SslContextSpecifier;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The server side of SMTP (RFC 5321): the commands needed to receive mail, over TLS only (RFC 3207). A bare LF ends a line
 * here; a server that relays mail must require CR LF.
 */
@Dependent
public class SmtpSession extends SocketStream {

    /** The limits of RFC 5321, 4.5.3.1, in characters. */
    static final int MAX_LINE_LENGTH = 1_000;

    static final int MAX_RECIPIENTS = 100;
    static final int MAX_MESSAGE_LENGTH = 10_000_000;

    private static final Duration COMMAND_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration MESSAGE_TIMEOUT = Duration.ofMinutes(10);

    @Inject
    @SslContext("mail")
    SslContextSpecifier context;

    @Inject
    Event<Message> received;

    private String sender = "";
    private final List<String> recipients = new ArrayList<>();

    /** Serves commands until the client quits or disconnects. */
    public void serve() throws IOException {
        reply("220 localhost ready");
        String line = readCommand();
        while (line != null && execute(line)) {
            line = readCommand();
        }
    }

    private @Nullable String readCommand() throws IOException {
        readDeadline(COMMAND_TIMEOUT);
        return reader().readLine(MAX_LINE_LENGTH);
    }

    private boolean execute(String line) throws IOException {
        String command = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
        switch (command) {
            case "EHLO" -> reply(tls().isPresent() ? "250 localhost" : "250-localhost\r\n250 STARTTLS");
            case "STARTTLS" -> startTls();
            case "MAIL", "RCPT", "DATA" -> handleMail(command, line);
            case "NOOP" -> reply("250 OK");
            case "RSET" -> {
                reset();
                reply("250 OK");
            }
            case "QUIT" -> reply("221 closing connection");
            default -> reply("502 command not implemented");
        }
        return !command.equals("QUIT");
    }

    /** Discards the state from before the handshake, because anybody may have injected it (RFC 3207, 4.2). */
    private void startTls() throws IOException {
        if (tls().isPresent()) {
            reply("503 TLS is already active");
            return;
        }
        reply("220 ready to start TLS");
        attachSsl(context);
        reset();
    }

    private void handleMail(String command, String line) throws IOException {
        if (tls().isEmpty()) {
            reply("530 Must issue a STARTTLS command first");
        } else if (!command.equals("DATA") && path(line).isEmpty()) {
            reply("501 the address is missing");
        } else if (command.equals("MAIL")) {
            reset();
            sender = path(line);
            reply("250 sender OK");
        } else if (sender.isEmpty() || command.equals("DATA") && recipients.isEmpty()) {
            reply("503 send MAIL, then RCPT, then DATA");
        } else if (command.equals("RCPT") && recipients.size() == MAX_RECIPIENTS) {
            reply("452 too many recipients");
        } else if (command.equals("RCPT")) {
            recipients.add(path(line));
            reply("250 recipient OK");
        } else {
            reply("354 end the message with a dot on a line of its own");
            received.fire(new Message(sender, recipients, readText()));
            reset();
            reply("250 message accepted");
        }
    }

    private String readText() throws IOException {
        readDeadline(MESSAGE_TIMEOUT);
        StringBuilder text = new StringBuilder();
        for (String line = readTextLine(); !line.equals("."); line = readTextLine()) {
            text.append(line.startsWith(".") ? line.substring(1) : line).append('\n');
            if (text.length() > MAX_MESSAGE_LENGTH) {
                reply("552 message too large");
                throw new IOException("a message has more than " + MAX_MESSAGE_LENGTH + " characters");
            }
        }
        return text.toString();
    }

    private String readTextLine() throws IOException {
        String line = reader().readLine(MAX_LINE_LENGTH);
        if (line == null) {
            throw new EOFException("the client disconnected within a message");
        }
        return line;
    }

    private static String path(String line) {
        int colon = line.indexOf(':');
        return colon < 0 ? "" : line.substring(colon + 1).strip();
    }

    private void reset() {
        sender = "";
        recipients.clear();
    }

    private void reply(String text) throws IOException {
        writer().write(text + "\r\n");
    }
}
