package io.sluice.cdi;

import jakarta.enterprise.inject.spi.BeanManager;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The bean managers of the archives of an application. There is one where the jar and the application's classes are together. In an EAR
 * with the jar in its {@code lib/}, the extension's manager sees no bean of a WAR; the WAR's own is bound in JNDI, and found when the WAR is
 * initialised. Thread-safe.
 */
final class Archives {

    private static final String NAME = "java:comp/BeanManager";

    private final BeanManager own;
    private final Map<ClassLoader, BeanManager> others = new ConcurrentHashMap<>();

    Archives(BeanManager own) {
        this.own = own;
    }

    /** Notes the manager of the archive whose initialisation this thread does. */
    void initialised() {
        ClassLoader archive = Thread.currentThread().getContextClassLoader();
        if (archive != null && archive != Archives.class.getClassLoader()) {
            bound().ifPresent(manager -> others.put(archive, manager));
        }
    }

    private static Optional<BeanManager> bound() {
        try {
            return InitialContext.doLookup(NAME) instanceof BeanManager found ? Optional.of(found) : Optional.empty();
        } catch (NamingException | LinkageError e) {
            return Optional.empty();
        }
    }

    /** The manager that sees what a class has injected. */
    BeanManager of(Class<?> type) {
        return isOwn(type) ? own : others.getOrDefault(type.getClassLoader(), own);
    }

    /** Whether a class is of the archives that the extension's manager is for. */
    static boolean isOwn(Class<?> type) {
        return type.getClassLoader() == Archives.class.getClassLoader();
    }

    /** Whether a class belongs to what this thread initialises: its own archive's, or one that all of the EAR sees. */
    static boolean isInitialised(Class<?> type) {
        ClassLoader archive = Thread.currentThread().getContextClassLoader();
        return sees(archive, type) || !sees(archive, Archives.class);
    }

    private static boolean sees(ClassLoader loader, Class<?> type) {
        try {
            return Class.forName(type.getName(), false, loader) == type;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
