package io.sluice.internal.tls;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

/** Runs an engine's delegated tasks on the calling thread: handing them to another thread costs more than it saves. */
final class EngineTasks {
    /** An engine that always has another task must not keep its caller from checking the deadline. */
    private static final int MAX = 64;

    private EngineTasks() {}

    static void run(SSLEngine engine, SSLEngineResult result) {
        if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            run(engine);
        }
    }

    /** Runs the tasks, up to a limit. Returns false if there was none. */
    static boolean run(SSLEngine engine) {
        for (int i = 0; i < MAX; i++) {
            Runnable task = engine.getDelegatedTask();
            if (task == null) {
                return i > 0;
            }
            task.run();
        }
        return true;
    }
}
