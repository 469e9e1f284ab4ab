package io.sluice.internal.cdi.stream;

import io.sluice.internal.cdi.container.UnnamedBean;
import jakarta.enterprise.inject.Specializes;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanAttributes;
import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Annotation;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Type;
import java.util.Set;

/**
 * The attributes of a discovered stream class. It remains a bean, so that its injection points are validated, but has a private qualifier,
 * and its own class as its only type.
 */
public record StreamAttributes<T>(BeanAttributes<T> declared, Set<Type> types) implements UnnamedBean<T> {

    /** A class that specializes another one keeps all types, or the containers would reject it. */
    public static <T> StreamAttributes<T> of(BeanAttributes<T> declared, AnnotatedType<?> type) {
        return new StreamAttributes<>(
                declared,
                type.isAnnotationPresent(Specializes.class)
                        ? declared.getTypes()
                        : Set.of(type.getJavaClass(), Object.class));
    }

    @Override
    public Set<Type> getTypes() {
        return types;
    }

    @Override
    public Set<Annotation> getQualifiers() {
        return Set.of(StreamClassLiteral.INSTANCE);
    }

    @Override
    public Class<? extends Annotation> getScope() {
        return declared.getScope();
    }

    @Override
    public Set<Class<? extends Annotation>> getStereotypes() {
        return declared.getStereotypes();
    }

    @Override
    public boolean isAlternative() {
        return declared.isAlternative();
    }

    /** The qualifier of stream classes. It is private, so that no application injects a stream without a connection. */
    @Qualifier
    @Retention(RetentionPolicy.RUNTIME)
    @interface StreamClassQualifier {}

    /** The qualifier's value. */
    static final class StreamClassLiteral extends AnnotationLiteral<StreamClassQualifier>
            implements StreamClassQualifier {
        static final StreamClassLiteral INSTANCE = new StreamClassLiteral();
        private static final long serialVersionUID = 1L;
    }
}
