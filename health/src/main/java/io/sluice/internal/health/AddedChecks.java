package io.sluice.internal.health;

import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.inject.Singleton;
import java.lang.annotation.Annotation;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/**
 * The beans of the checks. Their classes have no annotations of their own: a container that scans the jar would take them for beans also where
 * MicroProfile Health is missing. They are managed beans, because Payara does not ask synthetic ones.
 */
final class AddedChecks {

    private AddedChecks() {}

    static void add(BeforeBeanDiscovery event) {
        add(event, LivenessCheck.class, Liveness.Literal.INSTANCE);
        add(event, ReadinessCheck.class, Readiness.Literal.INSTANCE);
    }

    private static void add(BeforeBeanDiscovery event, Class<? extends HealthCheck> check, Annotation kind) {
        event.addAnnotatedType(check, check.getName()).add(new OnlyOnce()).add(kind);
    }

    /** The scope. It needs no proxy. */
    private static final class OnlyOnce extends jakarta.enterprise.util.AnnotationLiteral<Singleton>
            implements Singleton {
        private static final long serialVersionUID = 1;
    }
}
