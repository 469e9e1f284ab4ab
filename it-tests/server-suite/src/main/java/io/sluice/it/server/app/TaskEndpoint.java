package io.sluice.it.server.app;

import io.sluice.server.SocketEndpoint;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;
import javax.naming.InitialContext;

/**
 * Runs a task on the managed executor that its client names, and sends the counts of handler, task and handler, and the
 * stream of the task.
 */
@ApplicationScoped
public class TaskEndpoint {

    @Inject
    Tally tally;

    @Inject
    SocketStream current;

    @SocketEndpoint(value = "task", port = 0, address = "127.0.0.1", ssl = "web")
    void submit(SocketStream stream) throws Exception {
        ManagedExecutorService executor =
                InitialContext.doLookup(stream.reader().readLine());
        int before = tally.next();
        String task = executor.submit(() -> told(stream)).get(20, TimeUnit.SECONDS);
        stream.writer().write(before + ", " + task + ", " + tally.next());
        stream.writer().flush();
    }

    private String told(SocketStream stream) {
        try {
            return tally.next()
                    + (current.remoteAddress().equals(stream.remoteAddress())
                            ? " of the same stream"
                            : " of another stream");
        } catch (ContextNotActiveException e) {
            return "no connection";
        }
    }
}
