package io.sluice.it.server.app;

import io.sluice.server.SocketEndpoint;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.CDI;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Sends the environment of a handler, one fact per line. */
@ApplicationScoped
public class InsideEndpoint {

    @SocketEndpoint(value = "inside", port = 0, address = "127.0.0.1", ssl = "web")
    void tell(SocketStream stream) throws IOException, NamingException, ClassNotFoundException {
        stream.writer()
                .write(String.join(
                        "\n", around(CDI.current().select(Tally.class).get().next())));
        stream.writer().flush();
    }

    static List<String> around(int current) throws NamingException, ClassNotFoundException {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return List.of(
                "threads=" + kind(Thread.currentThread()),
                "naming=" + InitialContext.<String>doLookup("java:comp/env/greeting"),
                "current=" + current,
                "loader=" + (Class.forName(InsideEndpoint.class.getName(), false, loader) == InsideEndpoint.class));
    }

    /** Threads of Jakarta Concurrency implement an interface that not every server has. */
    private static String kind(Thread thread) {
        for (Class<?> type = thread.getClass(); type != null; type = type.getSuperclass()) {
            if (Arrays.stream(type.getInterfaces())
                    .anyMatch(each -> each.getName().equals("jakarta.enterprise.concurrent.ManageableThread"))) {
                return "managed";
            }
        }
        return thread.getClass() == Thread.class ? "platform" : "virtual";
    }
}
