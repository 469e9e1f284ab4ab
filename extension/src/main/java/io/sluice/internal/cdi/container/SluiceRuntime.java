package io.sluice.internal.cdi.container;

import io.sluice.internal.context.ContextRegistry;
import io.sluice.stream.OpenStreams;
import io.sluice.stream.StreamFactory;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;

/**
 * What one container's Sluice consists of.
 *
 * @param contexts the named contexts
 * @param opening the creations
 * @param openStreams the streams that are open
 */
public record SluiceRuntime(ContextRegistry contexts, StreamFactory opening, OpenStreams openStreams) {

    /** The one of the container whose bean manager this is; a bean of the singleton scope, which belongs to no lookup. */
    public static SluiceRuntime of(BeanManager beans) {
        Bean<?> bean = beans.resolve(beans.getBeans(SluiceRuntime.class));
        return (SluiceRuntime) beans.getReference(bean, SluiceRuntime.class, beans.createCreationalContext(bean));
    }
}
