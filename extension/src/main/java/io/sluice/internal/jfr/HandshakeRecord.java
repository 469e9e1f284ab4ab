package io.sluice.internal.jfr;

import io.sluice.internal.jfr.FlightEvents.Negotiated;
import io.sluice.internal.jfr.FlightEvents.Subject;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("io.sluice.Handshake")
@Label("TLS Handshake")
@Description("A TLS handshake, from its start to its end or failure")
@Category("Sluice")
@StackTrace(false)
final class HandshakeRecord extends Event implements FlightEvents.Handshake {

    private static final HandshakeRecord ANY = new HandshakeRecord();

    @Label("Connection")
    @Description("The number of the connection")
    long connection;

    @Label("Endpoint")
    @Nullable
    String endpoint;

    @Label("Peer")
    @Nullable
    String peer;

    @Label("Context")
    @Nullable
    String context;

    @Label("Client")
    @Description("Whether this side is the client")
    boolean client;

    @Label("Protocol")
    @Nullable
    String protocol;

    @Label("Cipher Suite")
    @Nullable
    String cipherSuite;

    @Label("Group")
    @Description("The group of the key exchange")
    @Nullable
    String group;

    @Label("Resumed")
    boolean resumed;

    @Label("Failure")
    @Description("The kind of the failure; none if the handshake succeeded")
    @Nullable
    String failure;

    static boolean isRecorded() {
        return ANY.isEnabled();
    }

    static HandshakeRecord begun() {
        HandshakeRecord begun = new HandshakeRecord();
        begun.begin();
        return begun;
    }

    @Override
    public void end(
            Subject subject,
            @Nullable String named,
            boolean isClient,
            @Nullable Negotiated session,
            @Nullable String failed) {
        end();
        if (!shouldCommit()) {
            return;
        }
        connection = subject.connection();
        endpoint = subject.endpoint();
        peer = subject.peer();
        context = named;
        client = isClient;
        failure = failed;
        if (session != null) {
            protocol = session.protocol();
            cipherSuite = session.cipherSuite();
            group = session.group();
            resumed = session.resumed();
        }
        commit();
    }
}
