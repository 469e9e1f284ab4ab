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
    }
}
