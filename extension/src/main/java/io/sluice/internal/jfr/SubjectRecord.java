package io.sluice.internal.jfr;

import io.sluice.internal.jfr.FlightEvents.Subject;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** An event about a connection. */
@Category("Sluice")
@StackTrace(false)
@Registered(false)
abstract class SubjectRecord extends Event {

    @Label("Connection")
    @Description("The number of the connection")
    long connection;

    @Label("Endpoint")
    @Nullable
    String endpoint;

    @Label("Peer")
    @Nullable
    String peer;

    final void about(Subject subject) {
        connection = subject.connection();
        endpoint = subject.endpoint();
        peer = subject.peer();
    }
}
