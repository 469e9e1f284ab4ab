package io.sluice.management;

import java.util.List;

/**
 * What Sluice does in one application: its contexts, its servers and their connections, and what failed. Unless {@code
 * sluice.management.enabled} is {@code false}, it is registered with the platform's MBean server as {@code
 * io.sluice:type=Sluice,application="<name>"}. The name is the value of {@code sluice.management.name}, otherwise the name of the
 * application in its server, otherwise {@code application}. If another application already uses the name, a number is added. The bean can
 * also be injected, for example to serve {@link #getJson} from a protected resource of the application.
 *
 * <p>It contains no secrets. It does contain the addresses and names of peers, and paths of files. Each accessor reads the current state,
 * and loads nothing. Thread-safe. Implemented by Sluice only, so later versions may add methods. Its accessors have the form that JMX
 * requires.
 */
public interface SluiceMXBean {

    /**
     * The application's name.
     *
     * @return the name, as in the object name
     */
    String getApplication();

    /**
     * The version of Sluice.
     *
     * @return the version; {@code unknown} if Sluice does not run from its jar
     */
    String getVersion();

    /**
     * The named contexts.
     *
     * @return the contexts, in alphabetical order
     */
    List<ContextInfo> getContexts();

    /**
     * The enabled endpoints, and the servers that were started from code and have not ended.
     *
     * @return the servers, the endpoints first
     */
    List<ServerInfo> getServers();

    /**
     * The clients of the jar {@code sluice-client}.
     *
     * @return the clients in alphabetical order; empty without that jar
     */
    List<ClientInfo> getClients();

    /**
     * The last failed handshakes: see {@link io.sluice.journal.HandshakeJournal}.
     *
     * @return the failures, the newest first
     */
    List<FailureInfo> getJournal();

    /**
     * The failures that the journal has only counted, because too many peers failed at the same time.
     *
     * @return their number since the start
     */
    long getOmittedFailures();

    /**
     * What the report-only policies have found.
     *
     * @return the policies, in the order of the contexts
     */
    List<PolicyInfo> getPolicies();

    /**
     * The whole report as JSON: an object with {@code application}, {@code version}, {@code time}, and the attributes of this bean.
     * The names are those of the accessors without {@code get} or {@code is}. Times are in ISO-8601. A member is absent if its value is not
     * known.
     *
     * @return one line of JSON
     */
    String getJson();

    /**
     * Loads a context's settings and material again now, as {@link io.sluice.context.SslContexts#reload} does.
     *
     * @param context the context's name
     * @throws IllegalArgumentException if there is no context of that name, or if the new material cannot be used; the message reports all
     *     problems, and the context keeps the old material
     * @throws IllegalStateException if the reload takes longer than 60 seconds; it goes on
     */
    void reload(String context);
}
