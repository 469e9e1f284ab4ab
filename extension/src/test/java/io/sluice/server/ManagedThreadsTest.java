package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.testing.internal.ChildJvm;
import java.io.IOException;
import java.net.Socket;
import java.util.Hashtable;
import java.util.concurrent.ThreadFactory;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Threads from JNDI. A naming context of this JVM replaces that of a Jakarta EE server. */
class ManagedThreadsTest {

    private static ServerSettings settings(ThreadKind kind) {
        return ServerSettings.named("managed").threads(kind).build();
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "MANAGED"})
    void connectionsAreServedOnThreadsOfTheFactoryThatIsBound(ThreadKind kind) throws Exception {
        assertThat(ChildJvm.of(Main.class)
                        .property(Context.INITIAL_CONTEXT_FACTORY, Naming.class.getName())
                        .run(kind.name()))
                .contains("served on a managed thread");
    }

    @Test
    void managedThreadsAreAnErrorWhereThereAreNone() {
        assertThatThrownBy(() -> AcceptingServer.start(settings(ThreadKind.MANAGED), connection -> {}, failed -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "server 'managed': threads=managed, but java:comp/DefaultManagedThreadFactory is not available."
                                + " Use threads=auto, or an application server with Jakarta Concurrency");
    }

    /** Serves one connection, and prints its thread. */
    static final class Main {
        public static void main(String[] arguments) throws IOException {
            ConnectionHandler handler = connection -> {
                System.out.println("served on " + Thread.currentThread().getName());
                connection.socket().getOutputStream().write('x');
            };
            SocketServer server =
                    AcceptingServer.start(settings(ThreadKind.valueOf(arguments[0])), handler, failed -> {});
            try (Socket client =
                    new Socket(server.address().getAddress(), server.address().getPort())) {
                client.getInputStream().read();
            }
            server.terminate();
        }
    }

    /** A naming context with one name. */
    public static final class Naming implements InitialContextFactory {
        @Override
        public Context getInitialContext(Hashtable<?, ?> environment) throws NamingException {
            return new InitialContext(true) {
                @Override
                public Object lookup(String name) throws NamingException {
                    if (name.equals("java:comp/DefaultManagedThreadFactory")) {
                        ThreadFactory threads = task -> new Thread(task, "a managed thread");
                        return threads;
                    }
                    throw new NameNotFoundException(name);
                }
            };
        }
    }
}
