package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.support.Application;
import io.sluice.it.support.Contexts;
import io.sluice.it.support.PeerBehaviour;
import io.sluice.it.support.Protocol;
import io.sluice.it.support.ScopedBeans;
import io.sluice.it.support.ScopedBeans.Caller;
import io.sluice.it.support.ScopedBeans.Talk;
import io.sluice.testing.SocketPair;
import io.sluice.testing.internal.SocketKind;
import jakarta.enterprise.concurrent.spi.ThreadContextProvider;
import jakarta.enterprise.concurrent.spi.ThreadContextRestorer;
import jakarta.enterprise.concurrent.spi.ThreadContextSnapshot;
import jakarta.enterprise.context.ContextNotActiveException;
import java.io.IOException;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jakarta Concurrency propagates the connection to tasks, through the service that it looks up. */
class ConnectionContextProviderTest {

    private final Application application =
            Application.configured().beans(ScopedBeans.BEANS).start();
    private final Caller caller = application.get(Caller.class);
    private final ThreadContextProvider provider = ServiceLoader.load(ThreadContextProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.getThreadContextType().equals("sluice.connection"))
            .findFirst()
            .orElseThrow();
    private SocketPair first;
    private SocketPair second;

    @BeforeEach
    void connect() throws IOException {
        ScopedBeans.clear();
        first = SocketKind.SOCKET.pair();
        second = SocketKind.SOCKET.pair();
    }

    @AfterEach
    void end() throws IOException {
        application.close();
        first.close();
        second.close();
    }

    private Talk talk(SocketPair pair) throws IOException {
        return application
                .get(Contexts.class)
                .creator(Protocol.PLAIN)
                .create(pair.near(), Talk.class)
                .orElseThrow();
    }

    private static <T> T elsewhere(ThreadContextSnapshot snapshot, Callable<T> task) throws Exception {
        return PeerBehaviour.THREADS
                .submit(() -> {
                    ThreadContextRestorer restorer = snapshot.begin();
                    try {
                        return task.call();
                    } finally {
                        restorer.endContext();
                    }
                })
                .get(5, TimeUnit.SECONDS);
    }

    @Test
    void currentContextGoesWithTheTaskAndNoFurther() throws Exception {
        try (Talk stream = talk(first)) {
            ThreadContextSnapshot snapshot = stream.inConnection(() -> {
                caller.tally().next();
                return provider.currentContext(Map.of());
            });
            assertThat(elsewhere(snapshot, () -> caller.tally().next())).isEqualTo(2);
            try (Talk other = talk(second)) {
                other.inConnection(() -> {
                    assertThat(caller.tally().id()).isEqualTo(2);
                    ThreadContextRestorer restorer = snapshot.begin();
                    assertThat(caller.tally().id()).isEqualTo(1);
                    restorer.endContext();
                    assertThat(caller.tally().id()).isEqualTo(2);
                });
            }
            assertThatThrownBy(() -> caller.tally().next()).isInstanceOf(ContextNotActiveException.class);
        }
        assertThat(ScopedBeans.DESTROYED).containsExactly(2, 1);
    }

    @Test
    void taskKeepsTheBeansOfConnectionThatIsClosedMeanwhile() throws Exception {
        Talk stream = talk(first);
        ThreadContextSnapshot snapshot = stream.inConnection(() -> {
            caller.tally().next();
            return provider.currentContext(Map.of());
        });
        int next = elsewhere(snapshot, () -> {
            stream.close();
            assertThat(ScopedBeans.DESTROYED).isEmpty();
            return caller.tally().next();
        });
        assertThat(next).isEqualTo(2);
        assertThat(ScopedBeans.DESTROYED).containsExactly(1);
    }

    @Test
    void taskThatRunsAfterTheConnectionIsInNone() throws Exception {
        Talk stream = talk(first);
        ThreadContextSnapshot snapshot = stream.inConnection(() -> provider.currentContext(Map.of()));
        stream.close();
        assertThatThrownBy(() -> elsewhere(snapshot, () -> caller.tally().next()))
                .hasCauseInstanceOf(ContextNotActiveException.class);
    }

    @Test
    void clearedContextIsNoConnection() throws Exception {
        try (Talk stream = talk(first)) {
            stream.inConnection(() -> {
                ThreadContextRestorer restorer =
                        provider.clearedContext(Map.of()).begin();
                assertThatThrownBy(() -> caller.tally().next()).isInstanceOf(ContextNotActiveException.class);
                restorer.endContext();
                assertThat(caller.tally().next()).isEqualTo(1);
            });
        }
        assertThatThrownBy(() -> elsewhere(
                        provider.currentContext(Map.of()), () -> caller.tally().next()))
                .hasCauseInstanceOf(ContextNotActiveException.class);
    }
}
