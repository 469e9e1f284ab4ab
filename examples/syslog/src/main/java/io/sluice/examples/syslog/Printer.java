package io.sluice.examples.syslog;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Prints each message with its sender. */
@ApplicationScoped
public class Printer {

    @Inject
    Sender sender;

    void print(@Observes SyslogMessage message) {
        // One line per message: a line end in the text would forge another one.
        System.out.printf(
                "%s %s %s.%s %s[%s]: %s%n",
                sender.name(),
                message.hostname().orElse("-"),
                message.facility(),
                message.severity(),
                message.appName().orElse("-"),
                message.procId().orElse("-"),
                message.text().replaceAll("\\p{Cntrl}", " "));
    }
}
