package io.sluice.examples.mail;

import java.util.List;

/**
 * A message that was taken in.
 *
 * @param sender the reverse path
 * @param recipients the forward paths
 * @param text header and body, lines ended by LF
 */
public record Message(String sender, List<String> recipients, String text) {
    public Message {
        recipients = List.copyOf(recipients);
        refuseLineEnds(sender);
        recipients.forEach(Message::refuseLineEnds);
    }

    /** What follows a line end would be a command. */
    private static void refuseLineEnds(String path) {
        if (path.indexOf('\r') >= 0 || path.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("an address must not contain a line end");
        }
    }
}
