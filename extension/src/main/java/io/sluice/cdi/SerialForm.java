package io.sluice.cdi;

import io.sluice.context.SslContext;
import jakarta.enterprise.inject.spi.CDI;
import java.io.Serializable;

/**
 * How an injected creator, connector or specifier is serialised: read back, it is looked up in the container of the day.
 *
 * @param type the injected type
 * @param name the context's name
 * @param errorp whether socket errors are thrown
 */
record SerialForm(Class<?> type, String name, boolean errorp) implements Serializable {

    private Object readResolve() {
        SslContext.Literal qualifier = SslContext.Literal.of(name);
        return CDI.current()
                .select(type, errorp ? qualifier.throwing() : qualifier)
                .get();
    }
}
