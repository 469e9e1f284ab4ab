package io.sluice.internal.jfr;

import io.sluice.internal.jfr.FlightEvents.Subject;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("io.sluice.Connection")
@Label("Connection")
@Description("A connection, from accept or creation to its end")
@Category("Sluice")
@StackTrace(false)
final class ConnectionRecord extends Event implements FlightEvents.Connection {

    private static final ConnectionRecord ANY = new ConnectionRecord();

    @Label("Connection")
    @Description("The number of the connection")
    long connection;

    @Label("Endpoint")
    @Nullable
    String endpoint;

    @Label("Peer")
    @Nullable
    String peer;

    @Label("Reason")
    @Description("How it ended")
    @Nullable
    String reason;

    @Label("Failure")
    @Description("The kind of the condition, or the class of another failure")
    @Nullable
    String failure;

    @Label("Bytes Received")
    @DataAmount
    long bytesReceived;

    @Label("Bytes Sent")
    @DataAmount
    long bytesSent;

    static boolean isRecorded() {
        return ANY.isEnabled();
    }

    static ConnectionRecord begun() {
        ConnectionRecord begun = new ConnectionRecord();
        begun.begin();
        return begun;
    }

    @Override
    public void end(Subject subject, String how, @Nullable String failed, long received, long sent) {
        end();
        if (!shouldCommit()) {
            return;
        }
        connection = subject.connection();
        endpoint = subject.endpoint();
        peer = subject.peer();
        reason = how;
        failure = failed;
        bytesReceived = received;
        bytesSent = sent;
        commit();
    }
}
