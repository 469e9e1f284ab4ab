package io.sluice.internal.cdi.container;

import io.sluice.internal.context.ContextRegistry;
import io.sluice.stream.OpenStreams;
import io.sluice.stream.StreamFactory;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;

/**
 * The parts of Sluice in one container.
 *
 * @param contexts the named contexts
 * @param streamFactory creates streams
 * @param openStreams the open streams
 */
public record SluiceRuntime(ContextRegistry contexts, StreamFactory streamFactory, OpenStreams openStreams) {

    /** The runtime of a bean manager's container. It is a singleton, so nothing has to be released. */
    public static SluiceRuntime of(BeanManager beans) {
        Bean<?> bean = beans.resolve(beans.getBeans(SluiceRuntime.class));
        return (SluiceRuntime) beans.getReference(bean, SluiceRuntime.class, beans.createCreationalContext(bean));
    }
}
