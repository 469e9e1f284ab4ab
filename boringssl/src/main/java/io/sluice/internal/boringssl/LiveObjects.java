package io.sluice.internal.boringssl;

import java.util.concurrent.atomic.AtomicLong;

/** The objects that hold native memory. They are counted, so that tests can show that none is left. */
final class LiveObjects {

    static final AtomicLong CONTEXTS = new AtomicLong();
    static final AtomicLong ENGINES = new AtomicLong();

    private LiveObjects() {}
}
