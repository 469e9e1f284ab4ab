package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.internal.transport.PlainTransport;
import io.sluice.internal.transport.RawSocket;
import io.sluice.testing.SocketPair;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The constructor of the instance takes the connection, and that of no other object. */
class InstanceCreationTest {

    private SocketPair sockets;
    private StreamConnection connection;

    private static final class Other extends SocketStream {}

    /** Makes streams of its own in its constructor, where its connection is available already. */
    private static final class Mine extends SocketStream {
        private final boolean open;
        private final SocketStream sameClass;
        private final SocketStream other = new Other();

        Mine(boolean inner) {
            open = !inner && isOpen();
            sameClass = inner ? other : new Mine(true);
        }
    }

    @BeforeEach
    void connect() throws IOException {
        sockets = SocketPair.open();
        RawSocket raw = RawSocket.take(sockets.near());
        connection = new StreamConnection(
                new PlainTransport(raw), new ConnectionLabel("no TLS", raw.remoteAddress()), Upgrades.none());
    }

    @AfterEach
    void close() throws IOException {
        connection.close();
        sockets.close();
    }

    private static void assertHasNoConnection(SocketStream stream) {
        assertThatThrownBy(stream::isOpen)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has no connection, because it was created with new");
    }

    @Test
    void instanceIsConnectedInItsConstructorAndOthersAreNot() {
        InstanceCreation creation =
                InstanceCreation.begin(connection, Upgrades.none().initargs(), Mine.class::equals);
        SocketStream before;
        Mine mine;
        try {
            before = new Other(); // As an argument of the constructor may be.
            mine = creation.complete(new Mine(false));
        } finally {
            creation.end();
        }

        assertThat(mine.open).isTrue();
        assertThat(mine.connection()).isSameAs(connection);
        assertHasNoConnection(mine.sameClass);
        assertHasNoConnection(mine.other);
        assertHasNoConnection(before);
        assertHasNoConnection(new Other());
        assertThatThrownBy(InstanceCreation::current).hasMessageContaining("no stream is being created on this thread");
    }

    @Test
    void innerCreationHasItsOwnConnectionAndTheOuterOneContinues() throws IOException {
        InstanceCreation outer =
                InstanceCreation.begin(connection, Upgrades.none().initargs(), Other.class::equals);
        try (SocketPair more = SocketPair.open()) {
            RawSocket raw = RawSocket.take(more.near());
            StreamConnection second = new StreamConnection(
                    new PlainTransport(raw), new ConnectionLabel("no TLS", raw.remoteAddress()), Upgrades.none());
            InstanceCreation inner =
                    InstanceCreation.begin(second, Upgrades.none().initargs(), Other.class::equals);
            try {
                assertThat(inner.complete(new Other()).connection()).isSameAs(second);
            } finally {
                inner.end();
            }
            assertThat(InstanceCreation.current()).isSameAs(outer);
            assertThat(outer.complete(new Other()).connection()).isSameAs(connection);
            second.close();
        } finally {
            outer.end();
        }
    }

    @Test
    void creationWithoutAConstructorIsRefused() {
        SocketStream before = new Other();
        InstanceCreation creation =
                InstanceCreation.begin(connection, Upgrades.none().initargs(), Other.class::equals);
        try {
            assertThatThrownBy(() -> creation.complete(before))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("without its constructor");
        } finally {
            creation.end();
        }
    }

    /** OpenWebBeans puts such an object in front of an instance with interceptors. */
    @Test
    void objectInFrontOfTheInstanceIsConnectedToo() {
        SocketStream front = new Other();
        InstanceCreation creation =
                InstanceCreation.begin(connection, Upgrades.none().initargs(), Other.class::equals);
        try {
            SocketStream instance = new Other();
            creation.complete(front);
            assertThat(front.connection()).isSameAs(instance.connection()).isSameAs(connection);
        } finally {
            creation.end();
        }
    }
}
