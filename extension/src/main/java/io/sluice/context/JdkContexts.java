package io.sluice.context;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.internal.jsse.KeyProbe;
import io.sluice.internal.jsse.RootCause;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Contexts with the JDK's own keys and trust: those that the {@code javax.net.ssl} system properties name. */
final class JdkContexts {

    private static final String KEY_REMEDY = "name a key store with the system property javax.net.ssl.keyStore"
            + " (and keyStorePassword, keyStoreType), or use a context with a key";

    /** Weak, so that an application whose context was the default can be unloaded. */
    private record Default(WeakReference<SSLContext> context, ServerKey serverKey) {}

    /** What the system properties name, read at the first use. The JDK itself reads it only for its default context. */
    private record Keys(List<KeyManager> managers, boolean areMissing) {}

    private static final String KEY_STORE = "javax.net.ssl.keyStore";
    private static final ReentrantLock READING = new ReentrantLock();

    @GuardedBy("READING")
    private static @Nullable Keys keys;

    private static final Map<String, SSLContext> SHARED = new ConcurrentHashMap<>();
    private static volatile Default last = new Default(new WeakReference<>(null), ServerKey.assumed());

    private JdkContexts() {}

    /** The JVM's default context: the JDK's own, or one that the application has set. */
    static SSLContext jdkDefault() throws SslContextException {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new SslContextException(
                    "the JDK's default context cannot be made: "
                            + RootCause.of(e)
                            + ". Check the system properties javax.net.ssl.keyStore and javax.net.ssl.trustStore",
                    e);
        }
    }

    /** The check that the JVM's default context can serve. Each context that is set as the default is probed once. */
    static ServerKey serverKey(SSLContext jdkDefault) {
        return description -> probed(jdkDefault).require(description);
    }

    private static ServerKey probed(SSLContext jdkDefault) {
        Default known = last;
        if (!known.context().refersTo(jdkDefault)) {
            known = new Default(new WeakReference<>(jdkDefault), orMissing(KeyProbe.hasKey(jdkDefault)));
            last = known;
        }
        return known.serverKey();
    }

    /** The check that the JDK's default keys can serve. */
    static ServerKey serverKey() {
        return description -> orMissing(!keys().areMissing()).require(description);
    }

    private static ServerKey orMissing(boolean hasKey) {
        return hasKey ? ServerKey.assumed() : ServerKey.missing(KEY_REMEDY);
    }

    /** The context of a protocol that all specifiers share, so that its sessions resume. */
    static SSLContext shared(String protocol) throws SslContextException {
        SSLContext shared = SHARED.get(protocol);
        if (shared == null) {
            SSLContext made = create(protocol);
            SSLContext earlier = SHARED.putIfAbsent(protocol, made);
            shared = earlier == null ? made : earlier;
        }
        return shared;
    }

    /** A new context. */
    static SSLContext create(String protocol) throws SslContextException {
        try {
            SSLContext context = SSLContext.getInstance(protocol);
            context.init(keys().managers().toArray(KeyManager[]::new), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw SslContextException.wrap("the " + protocol + " context cannot be made", e);
        }
    }

    private static Keys keys() throws SslContextException {
        READING.lock();
        try {
            Keys known = keys;
            if (known == null) {
                known = readKeys();
                keys = known;
            }
            return known;
        } catch (GeneralSecurityException | IOException e) {
            throw new SslContextException(
                    "the JDK's default keys cannot be read: " + RootCause.of(e)
                            + ". Check the system properties javax.net.ssl.keyStore, keyStorePassword and keyStoreType",
                    e);
        } finally {
            READING.unlock();
        }
    }

    private static Keys readKeys() throws GeneralSecurityException, IOException {
        String location = System.getProperty(KEY_STORE, "");
        String type = System.getProperty("javax.net.ssl.keyStoreType", KeyStore.getDefaultType());
        if (location.isEmpty() || (location.equals("NONE") && !type.startsWith("PKCS11"))) {
            return new Keys(List.of(), true);
        }
        char[] password =
                System.getProperty("javax.net.ssl.keyStorePassword", "").toCharArray();
        KeyStore store = open(type, location, password.length == 0 ? null : password);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return new Keys(List.of(factory.getKeyManagers()), !hasKey(store));
    }

    private static KeyStore open(String type, String location, char @Nullable [] password)
            throws GeneralSecurityException, IOException {
        String provider = System.getProperty("javax.net.ssl.keyStoreProvider", "");
        KeyStore store = provider.isEmpty() ? KeyStore.getInstance(type) : KeyStore.getInstance(type, provider);
        if (location.equals("NONE")) {
            store.load(null, password);
            return store;
        }
        try (InputStream in = Files.newInputStream(Path.of(location))) {
            store.load(in, password);
        }
        return store;
    }

    private static boolean hasKey(KeyStore store) throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                return true;
            }
        }
        return false;
    }
}
