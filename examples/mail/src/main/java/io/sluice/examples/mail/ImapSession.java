package io.sluice.examples.mail;

import io.sluice.context.SslContext;
import io.sluice.context.SslContextSpecifier;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The server side of IMAP (RFC 9051) up to the login. A login requires TLS and accepts anybody, because there are no mailboxes.
 */
@Dependent
public class ImapSession extends SocketStream {

    static final int MAX_LINE_LENGTH = 8_000;

    /** The idle time that a server must allow (RFC 9051, 5.4). */
    private static final Duration COMMAND_TIMEOUT = Duration.ofMinutes(30);

    @Inject
    @SslContext("mail")
    SslContextSpecifier context;

    /** Serves commands until the client logs out or disconnects. */
    public void serve() throws IOException {
        reply("* OK ready");
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
        String[] words = line.split(" ", 3);
        String tag = words[0];
        String command = words.length > 1 ? words[1].toUpperCase(Locale.ROOT) : "";
        switch (command) {
            case "CAPABILITY" -> {
                reply("* CAPABILITY IMAP4rev2 " + (tls().isPresent() ? "AUTH=PLAIN" : "STARTTLS LOGINDISABLED"));
                reply(tag + " OK CAPABILITY completed");
            }
            case "STARTTLS" -> startTls(tag);
            case "LOGIN" ->
                reply(tag + (tls().isPresent() ? " OK LOGIN completed" : " NO [PRIVACYREQUIRED] STARTTLS is required"));
            case "NOOP" -> reply(tag + " OK NOOP completed");
            case "LOGOUT" -> {
                reply("* BYE logging out");
                reply(tag + " OK LOGOUT completed");
            }
            default -> reply(tag + " BAD unknown command");
        }
        return !command.equals("LOGOUT");
    }

    private void startTls(String tag) throws IOException {
        if (tls().isPresent()) {
            reply(tag + " BAD TLS is already active");
        } else {
            reply(tag + " OK begin TLS");
            attachSsl(context);
        }
    }

    private void reply(String line) throws IOException {
        writer().write(line + "\r\n");
    }
}
