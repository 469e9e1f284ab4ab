package io.sluice.context;

import io.sluice.internal.jsse.KeyProbe;
import io.sluice.internal.jsse.RootCause;
import java.lang.ref.WeakReference;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

/** Contexts with the JDK's own keys and trust: those that the {@code javax.net.ssl} system properties name. */
final class JdkContexts {

    static final String KEY_REMEDY = "name a key store with the system property javax.net.ssl.keyStore"
            + " (and keyStorePassword, keyStoreType), or use a context with a key";

    /** Weak, so that an application whose context was the default can go. */
    private record Default(WeakReference<SSLContext> context, ServerKey serverKey) {}

    private static final Map<String, SSLContext> SHARED = new ConcurrentHashMap<>();
    private static volatile Default last = new Default(new WeakReference<>(null), ServerKey.assumed());

    private JdkContexts() {}

    /** The JVM's default context, whoever set it. */
    static SSLContext jdkDefault() throws SslContextException {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new SslContextException(
                    "the JDK's default context cannot be made: "
                            + RootCause.of(e)
                            + "; check the system properties javax.net.ssl.keyStore and javax.net.ssl.trustStore",
                    e);
        }
    }

    /** Whether the JVM's default context can serve; found out once for each that is set as the default. */
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

    /** Whether the JDK's default keys can serve. */
    static ServerKey serverKey() {
        return description -> orMissing(!JdkKeys.current().isEmpty()).require(description);
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

    /** A context of its own. */
    static SSLContext create(String protocol) throws SslContextException {
        try {
            SSLContext context = SSLContext.getInstance(protocol);
            context.init(JdkKeys.current().managers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw SslContextException.wrap("the " + protocol + " context cannot be made", e);
        }
    }
}
