package io.sluice.internal.jfr;

import io.sluice.internal.jfr.FlightEvents.Subject;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("io.sluice.Rejection")
@Label("Rejection")
@Description("A connection that was refused because of a limit")
@Category("Sluice")
@StackTrace(false)
final class RejectionRecord extends Event {

    private static final RejectionRecord ANY = new RejectionRecord();

    @Label("Connection")
    @Description("The number of the connection")
    long connection;

    @Label("Endpoint")
    @Nullable
    String endpoint;

    @Label("Peer")
    @Nullable
    String peer;

    @Label("Limit")
    @Nullable
    String limit;

    static boolean isRecorded() {
        return ANY.isEnabled();
    }

    static void record(Subject subject, String reached) {
        RejectionRecord made = new RejectionRecord();
        made.connection = subject.connection();
        made.endpoint = subject.endpoint();
        made.peer = subject.peer();
        made.limit = reached;
        made.commit();
    }
}
