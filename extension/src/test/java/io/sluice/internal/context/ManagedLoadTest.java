package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.EngineRequest;
import io.sluice.context.SslContextException;
import io.sluice.context.SslSide;
import io.sluice.testing.TestCertificate;
import io.sluice.testing.internal.ChildJvm;
import java.security.GeneralSecurityException;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;

/**
 * A context that is bound in JNDI. A naming context of this JVM replaces that of a server; the server tests use the real
 * ones.
 */
class ManagedLoadTest {

    private static List<String> told(String name) throws Exception {
        return ChildJvm.of(Main.class)
                .property(Context.INITIAL_CONTEXT_FACTORY, Naming.class.getName())
                .run(name)
                .lines()
                .toList();
    }

    @Test
    void servesWithTheKeyThatIsBoundNowAndWithTheConfiguredParameters() throws Exception {
        assertThat(told("java:global/ssl/web"))
                .contains("CN=bound-1 TLSv1.2 client=HTTPS close=PT1S", "CN=bound-2 TLSv1.2 client=HTTPS close=PT1S");
    }

    @Test
    void doesNotServeWithoutAKey() throws Exception {
        assertThat(told("java:global/ssl/keyless"))
                .contains(
                        "context 'web' has no key, so it cannot be the server side: add a key store to the context that"
                                + " sluice.ssl.web.managed.jndi names, or use a context with a key");
    }

    @Test
    void takesNothingButAnSslContext() throws Exception {
        assertThat(told("java:global/text"))
                .contains(
                        "context 'web' cannot be loaded: sluice.ssl.web.managed.jndi (from"
                                + " PropertiesConfigSource[source=application.properties]): the object bound at 'java:global/text' is a"
                                + " java.lang.String, not an SSLContext. Bind a javax.net.ssl.SSLContext there, or correct the name.");
    }

    /** Prints what a client sees before and after a reload. */
    static final class Main {
        public static void main(String[] arguments) throws Exception {
            ReloadableContext web = NamedContexts.web(
                    "managed.jndi", arguments[0], "protocols", "TLSv1.2", "close-timeout", "1s", "client-auth", "none");
            try {
                tell(web);
                web.reload();
                tell(web);
            } catch (SslContextException e) {
                System.out.println(e.getMessage());
            }
        }

        private static void tell(ReloadableContext web) throws Exception {
            SSLEngine server = web.engine(EngineRequest.of(SslSide.SERVER, "127.0.0.1", 1));
            SSLEngine client =
                    NamedContexts.web("trust-all", "true").engine(EngineRequest.of(SslSide.CLIENT, "localhost", 1));
            Engines.handshake(client, server);
            System.out.println(client.getSession().getPeerPrincipal() + " "
                    + client.getSession().getProtocol() + " client="
                    + web.parameters().getEndpointIdentificationAlgorithm() + " close="
                    + web.timeouts().close());
        }
    }

    /** Returns a context with another key each time. */
    public static final class Naming implements InitialContextFactory {
        private static final AtomicInteger GIVEN = new AtomicInteger();

        @Override
        public Context getInitialContext(Hashtable<?, ?> environment) throws NamingException {
            return new InitialContext(true) {
                @Override
                public Object lookup(String name) throws NamingException {
                    return switch (name) {
                        case "java:global/ssl/web" ->
                            TestCertificate.ec("bound-" + GIVEN.incrementAndGet())
                                    .context();
                        case "java:global/ssl/keyless" -> keyless();
                        case "java:global/text" -> name;
                        default -> throw new NameNotFoundException(name);
                    };
                }
            };
        }

        private static SSLContext keyless() {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, null, null);
                return context;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
