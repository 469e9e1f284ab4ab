package io.sluice.examples.mail;

import java.util.List;

/**
 * A mail message.
 *
 * @param sender the reverse path
 * @param recipients the forward paths
 * @param text header and body; LF ends each line
 */
public record Message(String sender, List<String> recipients, String text) {
    public Message {
        recipients = List.copyOf(recipients);
        rejectLineEnds(sender);
        recipients.forEach(Message::rejectLineEnds);
    }

    /** The server would take what follows a line end as a command. */
    private static void rejectLineEnds(String path) {
        if (path.indexOf('\r') >= 0 || path.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("an address must not contain a line end");
        }
    }
}
