package io.sluice.internal.management;

import io.sluice.management.ClientInfo;
import java.util.List;

/** Reports the clients of the application. A bean of the jar sluice-client; without that jar there is none. */
public interface ClientReports {

    /**
     * The clients.
     *
     * @return the clients in alphabetical order
     */
    List<ClientInfo> clients();
}
