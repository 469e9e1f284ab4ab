package io.sluice.it.server.app;

import io.sluice.server.SocketEndpoint;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import javax.naming.InitialContext;

/** Sends the states of the transactions of a handler: one of its own, which a bean joins, and one that a bean begins. */
@ApplicationScoped
public class TransactionEndpoint {

    @Inject
    TransactionalBean bean;

    @SocketEndpoint(value = "transaction", port = 0, address = "127.0.0.1", ssl = "web")
    void tell(SocketStream stream) throws Exception {
        stream.writer().write(states());
        stream.writer().flush();
    }

    private String states() throws Exception {
        UserTransaction transaction = InitialContext.doLookup("java:comp/UserTransaction");
        transaction.begin();
        String states = transaction.getStatus() + " " + bean.joins();
        transaction.commit();
        return states + " " + transaction.getStatus() + " " + bean.begins();
    }
}
