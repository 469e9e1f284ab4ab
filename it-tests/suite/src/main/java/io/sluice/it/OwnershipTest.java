package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.support.Application;
import io.sluice.it.support.Contexts;
import io.sluice.it.support.CountedPair;
import io.sluice.it.support.Fault;
import io.sluice.it.support.Misbehaviour;
import io.sluice.it.support.Protocol;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.internal.SocketKind;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.Dependent;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ownership if the close itself fails, and the exceptions of post-construct methods of a stream class. */
class OwnershipTest {

    /** A socket whose close throws. */
    private static final class Stubborn extends Socket {
        private final Exception thrown;

        Stubborn(Exception thrown) {
            this.thrown = thrown;
        }

        @Override
        public void close() throws IOException {
            super.close();
            throw Fault.<IOException>asThrown(thrown);
        }
    }

    @Dependent
    public static class NeverCloses extends SocketStream {
        @Override
        public void close() {
            throw new IllegalStateException("not me");
        }
    }

    @Dependent
    public static class WithoutBanner extends SocketStream {
        @PostConstruct
        void begin() throws SocketStreamException {
            throw new SocketStreamException(Kind.APPLICATION, "no banner");
        }
    }

    @Test
    void whatCloseThrowsIsSuppressed() {
        try (Application application =
                Application.configured().beans(Contexts.class).start()) {
            for (Exception thrown : List.of(new IOException("stuck"), new IllegalStateException("stuck"))) {
                Stubborn socket = new Stubborn(thrown);
                assertThatThrownBy(() -> application
                                .get(Contexts.class)
                                .creator(Protocol.PLAIN)
                                .create(socket, SocketStream.class, Initarg.of("volume", 1)))
                        .isExactlyInstanceOf(IllegalArgumentException.class)
                        .hasSuppressedException(thrown);
                assertThat(socket.isClosed()).isTrue();

                assertThatThrownBy(() -> application
                                .get(Contexts.class)
                                .creator(Protocol.PLAIN, true)
                                .create(new Stubborn(thrown), SocketStream.class))
                        .isExactlyInstanceOf(SocketStreamException.class)
                        .hasMessageContaining("the socket is not connected");
            }
        }
    }

    @Test
    void streamClassThatNeverClosesLeavesNothingOpenWhenItIsNotHandedOver() throws Exception {
        try (Application application = Application.configured()
                        .beans(Contexts.class, NeverCloses.class)
                        .beans(Misbehaviour.BEANS)
                        .start();
                CountedPair pair = CountedPair.of(SocketKind.SOCKET)) {
            Misbehaviour.interceptor = Misbehaviour.THROWS_AFTER;
            assertThatThrownBy(() -> application
                            .get(Contexts.class)
                            .creator(Protocol.PLAIN)
                            .create(pair.near(), NeverCloses.class))
                    .hasMessage("after")
                    .hasNoSuppressedExceptions();
            pair.assertClosedOnce();
        } finally {
            Misbehaviour.interceptor = Misbehaviour.NONE;
        }
    }

    /** OpenWebBeans follows the specification and rejects a post-construct method that declares a checked exception. */
    @Test
    @Tag("weld")
    void conditionDeclaredByPostConstructIsCondition() throws Exception {
        try (Application application = Application.configured()
                        .beans(Contexts.class, WithoutBanner.class)
                        .start();
                CountedPair pair = CountedPair.of(SocketKind.SOCKET)) {
            var result =
                    application.get(Contexts.class).creator(Protocol.PLAIN).create(pair.near(), WithoutBanner.class);
            assertThat(result.findCondition()).get().satisfies(condition -> {
                assertThat(condition.kind()).isEqualTo(Kind.APPLICATION);
                assertThat(condition).hasMessage("no banner");
            });
            pair.assertClosedOnce();
        }
    }
}
