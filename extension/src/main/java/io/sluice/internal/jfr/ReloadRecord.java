package io.sluice.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("io.sluice.Reload")
@Label("Context Load")
@Description("An attempt to load a context, the first or a later one")
@Category("Sluice")
@StackTrace(false)
final class ReloadRecord extends Event implements FlightEvents.Reload {

    private static final ReloadRecord ANY = new ReloadRecord();

    @Label("Context")
    @Nullable
    String context;

    @Label("Generation")
    @Description("The generation in use after the attempt; 0 if there is none")
    long generation;

    @Label("Problem")
    @Description("Why the attempt failed; none if it succeeded")
    @Nullable
    String problem;

    static boolean isRecorded() {
        return ANY.isEnabled();
    }

    static ReloadRecord begun() {
        ReloadRecord begun = new ReloadRecord();
        begun.begin();
        return begun;
    }

    @Override
    public void end(String named, long used, @Nullable String failed) {
        end();
        if (shouldCommit()) {
            context = named;
            generation = used;
            problem = failed;
            commit();
        }
    }
}
