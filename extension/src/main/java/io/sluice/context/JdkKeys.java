package io.sluice.context;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.internal.jsse.RootCause;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The keys that the {@code javax.net.ssl.keyStore} system properties name. The JDK reads them for its default context alone, so
 * a context of one protocol needs them read once more.
 */
final class JdkKeys {

    private static final String KEY_STORE = "javax.net.ssl.keyStore";
    private static final ReentrantLock LOCK = new ReentrantLock();

    @GuardedBy("LOCK")
    private static @Nullable JdkKeys current;

    private final KeyManager[] managers;
    private final boolean empty;

    private JdkKeys(KeyManager[] managers, boolean empty) {
        this.managers = managers;
        this.empty = empty;
    }

    /** What the properties name, read at the first use. */
    static JdkKeys current() throws SslContextException {
        LOCK.lock();
        try {
            JdkKeys known = current;
            if (known == null) {
                known = read();
                current = known;
            }
            return known;
        } catch (GeneralSecurityException | IOException e) {
            throw new SslContextException(
                    "the JDK's default keys cannot be read: " + RootCause.of(e)
                            + "; check the system properties javax.net.ssl.keyStore, keyStorePassword and keyStoreType",
                    e);
        } finally {
            LOCK.unlock();
        }
    }

    KeyManager[] managers() {
        return managers.clone();
    }

    boolean isEmpty() {
        return empty;
    }

    private static JdkKeys read() throws GeneralSecurityException, IOException {
        String location = System.getProperty(KEY_STORE, "");
        String type = System.getProperty("javax.net.ssl.keyStoreType", KeyStore.getDefaultType());
        if (location.isEmpty() || (location.equals("NONE") && !type.startsWith("PKCS11"))) {
            return new JdkKeys(new KeyManager[0], true);
        }
        char[] password =
                System.getProperty("javax.net.ssl.keyStorePassword", "").toCharArray();
        KeyStore store = open(type, location, password.length == 0 ? null : password);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return new JdkKeys(factory.getKeyManagers(), !hasKey(store));
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
