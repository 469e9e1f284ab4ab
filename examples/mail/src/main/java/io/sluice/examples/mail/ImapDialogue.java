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

/** A server's side of IMAP (RFC 9051) up to the login, which is taken over TLS only, and of anybody: there are no mailboxes. */
@Dependent
public class ImapDialogue extends SocketStream {

    static final int LONGEST_LINE = 8_000;

    /** A client may be idle for so long (RFC 9051, 5.4). */
    private static final Duration FOR_A_COMMAND = Duration.ofMinutes(30);

    @Inject
    @SslContext("mail")
    SslContextSpecifier context;

    /** Speaks until the client logs out or leaves. */
    public void talk() throws IOException {
        say("* OK ready");
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
        String[] words = line.split(" ", 3);
        String tag = words[0];
        String command = words.length > 1 ? words[1].toUpperCase(Locale.ROOT) : "";
        switch (command) {
            case "CAPABILITY" -> {
                say("* CAPABILITY IMAP4rev2 " + (tls().isPresent() ? "AUTH=PLAIN" : "STARTTLS LOGINDISABLED"));
                say(tag + " OK told");
            }
            case "STARTTLS" -> startTls(tag);
            case "LOGIN" -> say(tag + (tls().isPresent() ? " OK welcome" : " NO [PRIVACYREQUIRED] first STARTTLS"));
            case "NOOP" -> say(tag + " OK still here");
            case "LOGOUT" -> {
                say("* BYE");
                say(tag + " OK goodbye");
            }
            default -> say(tag + " BAD not known here");
        }
        return !command.equals("LOGOUT");
    }

    private void startTls(String tag) throws IOException {
        if (tls().isPresent()) {
            say(tag + " BAD TLS is on");
        } else {
            say(tag + " OK go ahead");
            attachSsl(context);
        }
    }

    private void say(String line) throws IOException {
        writer().write(line + "\r\n");
    }
}
