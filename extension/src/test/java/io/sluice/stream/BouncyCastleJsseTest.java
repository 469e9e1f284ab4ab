package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslSide;
import io.sluice.internal.config.ConfiguredContexts;
import io.sluice.internal.config.SluiceConfiguration;
import io.sluice.internal.context.ReloadableContext;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.transport.RawSocket;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.KeyAlgorithm;
import io.sluice.testing.SocketPair;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.internal.ChildJvm;
import io.sluice.testing.internal.SocketKind;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Configured contexts if Bouncy Castle's JSSE is the first provider of the JVM: it is the server, the client or both, with each type
 * of key on both sides.
 */
class BouncyCastleJsseTest {

    private static final List<KeyAlgorithm> KEY_TYPES =
            List.of(KeyAlgorithm.EC, KeyAlgorithm.ED25519, KeyAlgorithm.RSA);
    private static final List<String> VERSIONS = List.of("TLSv1.2", "TLSv1.3");

    /** Prints the results of both sides of each connection. */
    static final class Connections {
        private Connections() {}

        public static void main(String[] arguments) throws Exception {
            LogManager.getLogManager().reset();
            List<ReloadableContext> sun = contexts();
            for (ReloadableContext context : sun) {
                context.load(); // While the JDK's provider is the first one.
            }
            Security.insertProviderAt(new BouncyCastleJsseProvider(), 1);
            Security.insertProviderAt(new BouncyCastleProvider(), 2);
            List<ReloadableContext> bouncyCastle = contexts();
            for (int i = 0; i < sun.size(); i += 2) {
                System.out.println(connection(bouncyCastle.get(i), bouncyCastle.get(i + 1)));
                System.out.println(connection(bouncyCastle.get(i), sun.get(i + 1)));
                System.out.println(connection(sun.get(i), bouncyCastle.get(i + 1)));
            }
        }

        private static List<ReloadableContext> contexts() {
            SluiceConfiguration configuration = SluiceConfiguration.current();
            List<ReloadableContext> contexts = new ArrayList<>();
            for (KeyAlgorithm keyType : KEY_TYPES) {
                for (String version : VERSIONS) {
                    for (String side : List.of("server", "client")) {
                        String name = name(keyType, version, side);
                        contexts.add(new ReloadableContext(
                                new ContextName(name), ConfiguredContexts.source(configuration, name)));
                    }
                }
            }
            return contexts;
        }

        private static String connection(ReloadableContext server, ReloadableContext client) throws Exception {
            try (SocketPair sockets = SocketKind.SOCKET.pair()) {
                FutureTask<String> served = new FutureTask<>(() -> side(sockets.near(), server, SslSide.SERVER));
                new Thread(served).start();
                String asked = side(sockets.far(), client, SslSide.CLIENT);
                return server.name() + ": " + served.get(20, TimeUnit.SECONDS) + " / " + asked;
            }
        }

        private static String side(Socket socket, ReloadableContext context, SslSide side) throws Exception {
            RawSocket raw = RawSocket.take(socket);
            ConnectionPlan upgrade = new ConnectionPlan(context, Initargs.of(Initarg.serverName("localhost")), side);
            ConnectionLabel label = upgrade.label(raw);
            StreamConnection connection = new StreamConnection(upgrade.transport(raw, label), label, Upgrades.none());
            try {
                connection.handshake();
                connection.output().write(7);
                int got = connection.input().read();
                TlsSession session = connection.tls().orElseThrow();
                return session.engineProvider() + " " + session.protocol() + " "
                        + session.peerCertificates().get(0).getSubjectX500Principal() + " "
                        + session.verification().result() + " " + got;
            } catch (SocketStreamException e) {
                return e.toString();
            } finally {
                connection.close();
            }
        }
    }

    private static String name(KeyAlgorithm keyType, String version, String side) {
        return (keyType + "-" + version + "-" + side).replace(".", "").toLowerCase(Locale.ROOT);
    }

    @Test
    void eachKindOfKeyWorksOnBothSides(@TempDir Path directory) throws Exception {
        TestAuthority authority = TestAuthority.create("CA");
        Files.writeString(directory.resolve("ca.crt"), authority.pem());
        ChildJvm jvm = ChildJvm.of(Connections.class);
        List<String> expected = new ArrayList<>();
        for (KeyAlgorithm keyType : KEY_TYPES) {
            for (String version : VERSIONS) {
                for (String side : List.of("server", "client")) {
                    String name = name(keyType, version, side);
                    authority
                            .issue(CertificateProfile.of(keyType.name(), "localhost")
                                    .keyAlgorithm(keyType))
                            .write(directory, name);
                    jvm.property("sluice.ssl." + name + ".key-store.pem.0.cert", directory + "/" + name + ".crt")
                            .property("sluice.ssl." + name + ".key-store.pem.0.key", directory + "/" + name + ".key")
                            .property("sluice.ssl." + name + ".trust-store.pem.certs", directory + "/ca.crt")
                            .property("sluice.ssl." + name + ".protocols", version)
                            .property("sluice.ssl." + name + ".client-auth", "need");
                }
                String said = " " + version + " CN=" + keyType + " VERIFIED 7";
                for (String pair : List.of("BCJSSE/BCJSSE", "BCJSSE/SunJSSE", "SunJSSE/BCJSSE")) {
                    String[] sides = pair.split("/");
                    expected.add(name(keyType, version, "server") + ": " + sides[0] + said + " / " + sides[1] + said);
                }
            }
        }

        assertThat(jvm.run().lines()).containsExactlyElementsOf(expected);
    }
}
