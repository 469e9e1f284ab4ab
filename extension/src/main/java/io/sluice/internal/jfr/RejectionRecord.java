package io.sluice.internal.jfr;

import io.sluice.internal.jfr.FlightEvents.Subject;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import org.jspecify.annotations.Nullable;

@Name("io.sluice.Rejection")
@Label("Rejection")
@Description("A connection that was refused because of a limit")
@Registered
final class RejectionRecord extends SubjectRecord {

    private static final RejectionRecord ANY = new RejectionRecord();

    @Label("Limit")
    @Nullable
    String limit;

    static boolean isRecorded() {
        return ANY.isEnabled();
    }

    static void record(Subject subject, String reached) {
        RejectionRecord made = new RejectionRecord();
        made.about(subject);
        made.limit = reached;
        made.commit();
    }
}
