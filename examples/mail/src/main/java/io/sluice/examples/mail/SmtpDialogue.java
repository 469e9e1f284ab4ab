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
 * A server's side of SMTP (RFC 5321), only what is needed to take mail, and only over TLS (RFC 3207). A bare LF ends a line
 * here. A server that relays mail must require CR LF.
 */
@Dependent
public class SmtpDialogue extends SocketStream {

    /** The limits of RFC 5321, 4.5.3.1. */
    static final int LONGEST_LINE = 1_000;

    static final int MOST_RECIPIENTS = 100;
    static final int MOST_CHARACTERS = 10_000_000;

    private static final Duration FOR_A_COMMAND = Duration.ofMinutes(5);
    private static final Duration FOR_A_MESSAGE = Duration.ofMinutes(10);

    @Inject
    @SslContext("mail")
    SslContextSpecifier context;

    @Inject
    Event<Message> received;

    private String sender = "";
    private final List<String> recipients = new ArrayList<>();

    /** Speaks until the client quits or leaves. */
    public void talk() throws IOException {
        answer("220 localhost ready");
        String line = command();
        while (line != null && obey(line)) {
            line = command();
        }
    }

    private @Nullable String command() throws IOException {
        readDeadline(FOR_A_COMMAND);
        return reader().readLine(LONGEST_LINE);
    }

    private boolean obey(String line) throws IOException {
        String command = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
        switch (command) {
            case "EHLO" -> answer(tls().isPresent() ? "250 localhost" : "250-localhost\r\n250 STARTTLS");
            case "STARTTLS" -> startTls();
            case "MAIL", "RCPT", "DATA" -> takeMail(command, line);
            case "NOOP" -> answer("250 still here");
            case "RSET" -> {
                forget();
                answer("250 forgotten");
            }
            case "QUIT" -> answer("221 goodbye");
            default -> answer("502 not known here");
        }
        return !command.equals("QUIT");
    }

    /** What was said before the handshake may be anybody's: it is forgotten (RFC 3207, 4.2). */
    private void startTls() throws IOException {
        if (tls().isPresent()) {
            answer("503 TLS is on");
            return;
        }
        answer("220 go ahead");
        attachSsl(context);
        forget();
    }

    private void takeMail(String command, String line) throws IOException {
        if (tls().isEmpty()) {
            answer("530 Must issue a STARTTLS command first");
        } else if (!command.equals("DATA") && path(line).isEmpty()) {
            answer("501 the address is missing");
        } else if (command.equals("MAIL")) {
            forget();
            sender = path(line);
            answer("250 sender");
        } else if (sender.isEmpty() || command.equals("DATA") && recipients.isEmpty()) {
            answer("503 first MAIL, then RCPT, then DATA");
        } else if (command.equals("RCPT") && recipients.size() == MOST_RECIPIENTS) {
            answer("452 too many recipients");
        } else if (command.equals("RCPT")) {
            recipients.add(path(line));
            answer("250 recipient");
        } else {
            answer("354 end with a dot");
            received.fire(new Message(sender, recipients, text()));
            forget();
            answer("250 taken");
        }
    }

    private String text() throws IOException {
        readDeadline(FOR_A_MESSAGE);
        StringBuilder text = new StringBuilder();
        for (String line = textLine(); !line.equals("."); line = textLine()) {
            text.append(line.startsWith(".") ? line.substring(1) : line).append('\n');
            if (text.length() > MOST_CHARACTERS) {
                answer("552 too large");
                throw new IOException("a message has more than " + MOST_CHARACTERS + " characters");
            }
        }
        return text.toString();
    }

    private String textLine() throws IOException {
        String line = reader().readLine(LONGEST_LINE);
        if (line == null) {
            throw new EOFException("the client left within a message");
        }
        return line;
    }

    private static String path(String line) {
        int colon = line.indexOf(':');
        return colon < 0 ? "" : line.substring(colon + 1).strip();
    }

    private void forget() {
        sender = "";
        recipients.clear();
    }

    private void answer(String text) throws IOException {
        writer().write(text + "\r\n");
    }
}
