package io.sluice.internal.jfr;

import io.sluice.internal.jfr.FlightEvents.Subject;

/** Uses every event in a JVM that may lack the module of Java Flight Recorder. */
final class WithoutFlightRecorder {

    private WithoutFlightRecorder() {}

    public static void main(String[] arguments) {
        boolean lacking = ModuleLayer.boot().findModule("jdk.jfr").isEmpty();
        boolean any = FlightEvents.recordsConnections()
                || FlightEvents.beginConnection().isPresent()
                || FlightEvents.beginHandshake().isPresent()
                || FlightEvents.beginReload().isPresent();
        FlightEvents.rejection(new Subject(1, "web", "peer"), "MAX_CONNECTIONS");
        System.out.println("lacking=" + lacking + " recorded=" + any);
    }
}
