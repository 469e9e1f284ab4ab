package io.sluice.testing.internal;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A provider whose contexts are the JDK's, and are counted. A test registers it with {@link Security}, and removes it. Thread-safe. */
public final class CountingJsse extends Provider {

    /** The name of the provider. */
    public static final String NAME = "CountingJsse";

    private static final long serialVersionUID = 1L;

    private final AtomicInteger contexts = new AtomicInteger();

    /** A provider that has made no context, and is not registered. */
    public CountingJsse() {
        super(NAME, "1", "counts contexts");
        putService(new Service(this, "SSLContext", "TLS", "counted", List.of(), Map.of()) {
            @Override
            public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
                contexts.incrementAndGet();
                return Security.getProvider("SunJSSE")
                        .getService("SSLContext", "TLS")
                        .newInstance(parameter);
            }
        });
    }

    /**
     * Returns how many contexts were made since the last call, and begins to count again.
     *
     * @return the number
     */
    public int takeCount() {
        return contexts.getAndSet(0);
    }
}
