package io.sluice.it.server.app;

import io.sluice.server.SocketEndpoint;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.naming.InitialContext;

/** Starts a task that outlives the handler and the connection, until it is released. */
@ApplicationScoped
public class LateEndpoint {

    @Inject
    Tally tally;

    @Inject
    LateCheck late;

    @SocketEndpoint(value = "late", port = 0, address = "127.0.0.1", ssl = "web")
    void submit(SocketStream stream) throws Exception {
        ManagedExecutorService executor =
                InitialContext.doLookup(stream.reader().readLine());
        tally.next();
        CountDownLatch started = new CountDownLatch(1);
        executor.submit(() -> {
            started.countDown();
            late.wait(tally);
        });
        started.await(20, TimeUnit.SECONDS);
    }
}
