package io.sluice.it.server.app;

import io.sluice.context.ContextReloaded;
import io.sluice.context.SslContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Notes what an observer of a reload finds around it. */
@ApplicationScoped
public class RotationObserver {

    private final Map<String, String> notes = new ConcurrentHashMap<>();

    @Inject
    RequestTally tally;

    void observe(@Observes @SslContext("web") ContextReloaded event) {
        note("web.", event);
    }

    void observeLater(@ObservesAsync @SslContext("web") ContextReloaded event) {
        notes.put("web.asynchronous", String.valueOf(tally.next()));
    }

    void observeSupplied(@Observes @SslContext("supplied") ContextReloaded event) {
        note("supplied.", event);
    }

    private void note(String prefix, ContextReloaded event) {
        notes.put(prefix + "naming", naming());
        notes.put(prefix + "loader", String.valueOf(seesTheApplication()));
        notes.put(prefix + "request", String.valueOf(tally.next()));
        notes.put(prefix + "thread", Thread.currentThread().getName());
        notes.put(prefix + "generation", String.valueOf(event.generation()));
    }

    private static String naming() {
        try {
            return InitialContext.doLookup("java:comp/env/greeting");
        } catch (NamingException e) {
            return e.toString();
        }
    }

    private static boolean seesTheApplication() {
        try {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            return loader != null && loader.loadClass(RotationObserver.class.getName()) == RotationObserver.class;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    Map<String, String> notes() {
        return notes;
    }
}
