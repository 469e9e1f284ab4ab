package io.sluice.it.server;

import io.sluice.it.Injectable;
import io.sluice.it.LookUpPath;
import io.sluice.it.Peer;
import io.sluice.it.Points;
import io.sluice.it.TwoContexts;
import io.sluice.it.server.app.ConnectCheck;
import io.sluice.it.server.app.EchoEndpoint;
import io.sluice.it.server.app.EchoStream;
import io.sluice.it.server.app.IdentityCheck;
import io.sluice.it.server.app.PortCheck;
import io.sluice.it.server.app.ReloadCheck;
import io.sluice.testing.SocketKind;
import io.sluice.testing.SocketPair;
import io.sluice.testing.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import org.jboss.shrinkwrap.api.asset.Asset;
import org.jboss.shrinkwrap.api.asset.ByteArrayAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The applications that are deployed. */
final class Applications {

    private static final String CONFIGURATION = "META-INF/microprofile-config.properties";

    private Applications() {}

    /** Injects everything of two contexts. */
    static WebArchive injection(TwoContexts contexts) {
        return Wars.war("injection")
                .addClasses(IdentityCheck.class, Injectable.class, LookUpPath.class, Points.class, Peer.class)
                .addClasses(SocketKind.class, SocketPair.class, TestCertificate.class)
                .addAsResource(Wars.configuration(contexts.properties()), CONFIGURATION)
                .addAsResource(stored(contexts.peerKeys()), "peer.p12");
    }

    /** Serves an echo by the context {@code web}. */
    static WebArchive echo(String name, TestCertificate certificate) {
        return Wars.war(name)
                .addClasses(EchoEndpoint.class, EchoStream.class, PortCheck.class)
                .addAsResource(Wars.configuration(Configured.key("web", certificate)), CONFIGURATION);
    }

    /** Serves an echo by a context of the server's, and asks it by another. */
    static WebArchive managed() {
        Map<String, String> contexts = new HashMap<>(Server.current().managed("web", "web"));
        contexts.putAll(Server.current().managed("web-client", "web-client"));
        return Wars.war("managed")
                .addClasses(
                        EchoEndpoint.class, EchoStream.class, PortCheck.class, ConnectCheck.class, ReloadCheck.class)
                .addAsResource(Wars.configuration(contexts), CONFIGURATION);
    }

    private static Asset stored(KeyStore keys) {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try {
            keys.store(stored, "changeit".toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ByteArrayAsset(stored.toByteArray());
    }
}
