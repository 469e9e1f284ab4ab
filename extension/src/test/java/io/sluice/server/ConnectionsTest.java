package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.transport.AcceptedSocket;
import io.sluice.server.Connections.Admission;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Who gets a permit while connections arrive without one. */
class ConnectionsTest {

    private static ServerConnection connection() throws Exception {
        return new ServerConnection(new AcceptedSocket(), null, Optional.empty(), null);
    }

    private static Connections waiting(int permits, int room) {
        return new Connections(permits, WhenFull.WAIT, room);
    }

    @Test
    void connectionsThatArriveHoldNoPermitAndWaitInTheirOrder() throws Exception {
        Connections connections = waiting(1, 10);
        ServerConnection first = connection();
        ServerConnection second = connection();
        ServerConnection third = connection();
        for (ServerConnection arriving : new ServerConnection[] {first, second, third}) {
            connections.reserve(() -> true);
            assertThat(connections.accepted(arriving, true)).isEqualTo(Admission.ARRIVING);
        }
        assertThat(connections.count()).isZero();
        assertThat(connections.arrived(first)).isEqualTo(Admission.ADMITTED);
        assertThat(connections.arrived(second)).isEqualTo(Admission.WAITING);
        assertThat(connections.arrived(third)).isEqualTo(Admission.WAITING);
        assertThat(connections.remove(first)).isSameAs(second);
        assertThat(connections.remove(second)).isSameAs(third);
        assertThat(connections.remove(third)).isNull();
        assertThat(connections.count()).isZero();
    }

    @Test
    void permitThatTheAcceptingThreadHoldsIdlyGoesToAConnectionThatHasArrived() throws Exception {
        Connections connections = waiting(1, 10);
        ServerConnection arriving = connection();
        connections.reserve(() -> true);
        connections.accepted(arriving, true);
        connections.reserve(() -> false);

        assertThat(connections.arrived(arriving)).isEqualTo(Admission.ADMITTED);
        ServerConnection next = connection();
        assertThat(connections.accepted(next, false)).isEqualTo(Admission.WAITING);
        connections.cancelReservation();
        assertThat(connections.remove(arriving)).isSameAs(next);
        assertThat(connections.remove(next)).isNull();
        connections.reserve(() -> false);
        assertThat(connections.accepted(connection(), false)).isEqualTo(Admission.ADMITTED);
    }

    @Test
    void noMoreArriveThanThereIsRoom() throws Exception {
        Connections connections = new Connections(1, WhenFull.REFUSE, 1);
        ServerConnection first = connection();
        assertThat(connections.accepted(first, true)).isEqualTo(Admission.ARRIVING);
        assertThat(connections.accepted(connection(), true)).isEqualTo(Admission.ADMITTED);
        assertThat(connections.accepted(connection(), true)).isEqualTo(Admission.REFUSED);
        assertThat(connections.arrived(first)).isEqualTo(Admission.REFUSED);
    }

    @Test
    void threadThatWaitsForAPermitAcceptsAsSoonAsConnectionsMayArrive() throws Exception {
        Connections connections = waiting(1, 1);
        connections.reserve(() -> false);
        connections.accepted(connection(), false);
        AtomicBoolean arrivals = new AtomicBoolean();
        FutureTask<Void> accepting = new FutureTask<>(() -> {
            connections.reserve(arrivals::get);
            return null;
        });
        Thread thread = new Thread(accepting);
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        arrivals.set(true);
        connections.arrivalsChanged();
        accepting.get(10, TimeUnit.SECONDS);
        ServerConnection arriving = connection();
        assertThat(connections.accepted(arriving, true)).isEqualTo(Admission.ARRIVING);
        connections.left(arriving);
        assertThat(connections.accepted(arriving, true)).isEqualTo(Admission.ARRIVING);
    }

    @Test
    void closeGivesWhatIsNotOpenYet() throws Exception {
        Connections connections = waiting(1, 10);
        ServerConnection open = connection();
        ServerConnection waits = connection();
        ServerConnection arrives = connection();
        connections.accepted(open, false);
        connections.accepted(waits, false);
        connections.accepted(arrives, true);
        assertThat(connections.close()).containsExactlyInAnyOrder(waits, arrives);
        assertThat(connections.arrived(arrives)).as("refused already").isEqualTo(Admission.GONE);
        assertThat(connections.remove(open)).isNull();
        connections.reserve(() -> false); // Does not wait any more.
    }
}
