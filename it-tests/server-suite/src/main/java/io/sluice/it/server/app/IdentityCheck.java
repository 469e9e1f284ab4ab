package io.sluice.it.server.app;

import io.sluice.context.SslContext;
import io.sluice.it.support.Injectable;
import io.sluice.it.support.LookupPath;
import io.sluice.it.support.Peer;
import io.sluice.stream.SocketStreamCreator;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The certificate that a peer sees of an injectable of a context, obtained in any way. */
@ApplicationScoped
@CheckName("identity")
public class IdentityCheck implements Check {

    @Inject
    @SslContext("none")
    SocketStreamCreator plain;

    private @Nullable Peer peer;

    @PostConstruct
    void readPeer() {
        try (InputStream stored = IdentityCheck.class.getResourceAsStream("/peer.p12")) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(stored, "changeit".toCharArray());
            peer = Peer.with(keys);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String run(Map<String, String> parameters) throws Exception {
        Injectable injectable = Injectable.valueOf(parameters.get("injectable"));
        LookupPath path = LookupPath.valueOf(parameters.get("path"));
        return injectable.identity(path.find(CDI.current(), injectable, parameters.get("context")), peer, plain);
    }
}
