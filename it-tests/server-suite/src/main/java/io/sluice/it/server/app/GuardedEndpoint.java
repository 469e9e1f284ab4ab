package io.sluice.it.server.app;

import io.sluice.server.SocketEndpoint;
import io.sluice.stream.SocketStream;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBAccessException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.function.Supplier;

/** Tells a client which guarded methods it may call. */
@ApplicationScoped
public class GuardedEndpoint {

    @EJB
    private GuardedBean guarded;

    @SocketEndpoint(value = "guarded", port = 0, address = "127.0.0.1")
    void tell(SocketStream stream) throws IOException {
        stream.writer().write("read=" + tried(guarded::read) + "\nwrite=" + tried(guarded::write));
        stream.writer().flush();
    }

    /** The same endpoint with a context without rules, so that the server maps the certificate's subject. */
    @SocketEndpoint(value = "mapped", port = 0, address = "127.0.0.1")
    void tellMapped(SocketStream stream) throws IOException {
        tell(stream);
    }

    /** The same endpoint without a caller. */
    @SocketEndpoint(value = "unguarded", port = 0, address = "127.0.0.1", ssl = "guarded")
    void tellWithoutCaller(SocketStream stream) throws IOException {
        tell(stream);
    }

    private static String tried(Supplier<String> call) {
        try {
            return call.get();
        } catch (EJBAccessException e) {
            return "denied";
        }
    }
}
