package io.sluice.it.server.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Returns the state of the transaction in which it is called. */
@ApplicationScoped
public class TransactionalBean {

    @Transactional(Transactional.TxType.MANDATORY)
    public int joins() throws NamingException {
        return state();
    }

    @Transactional
    public int begins() throws NamingException {
        return state();
    }

    private static int state() throws NamingException {
        return InitialContext.<TransactionSynchronizationRegistry>doLookup(
                        "java:comp/TransactionSynchronizationRegistry")
                .getTransactionStatus();
    }
}
