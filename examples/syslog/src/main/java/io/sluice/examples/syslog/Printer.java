package io.sluice.examples.syslog;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Prints what comes, with the sender that it comes from. */
@ApplicationScoped
public class Printer {

    @Inject
    Sender sender;

    void print(@Observes SyslogMessage message) {
        // A line is a message: no sender is to forge one with a line end.
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
