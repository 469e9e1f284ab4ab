package io.sluice.internal.cli.jmx;

import io.sluice.internal.cli.document.ServiceDocument;
import io.sluice.internal.cli.jmx.ServiceAddress.Agent;
import io.sluice.internal.cli.jmx.ServiceAddress.LocalProcess;
import io.sluice.internal.cli.jmx.ServiceAddress.Url;
import io.sluice.internal.cli.jmx.ServiceException.Fault;
import java.io.IOException;
import java.rmi.NotBoundException;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.util.Map;
import java.util.Optional;
import javax.management.JMException;
import javax.management.MBeanException;
import javax.management.MBeanServerConnection;
import javax.management.RuntimeMBeanException;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import javax.management.remote.rmi.RMIConnector;
import javax.management.remote.rmi.RMIServer;

/**
 * A running service, which is asked through JMX. Each question makes a connection and closes it.
 *
 * @param address where it is
 * @param access how it is asked
 * @param application which of its applications; empty if it has one
 */
public record RunningService(ServiceAddress address, ServiceAccess access, Optional<String> application) {

    /** Far more than a service with thousands of connections has to say. */
    private static final int LONGEST_DOCUMENT = 64 * 1024 * 1024;

    private interface Question<T> {
        T ask(MBeanServerConnection connection, ApplicationBean bean) throws IOException, JMException, ServiceException;
    }

    /**
     * Asks what the application says about itself.
     *
     * @return the document
     * @throws ServiceException if there is no answer
     */
    public ServiceDocument document() throws ServiceException {
        String json = answer((connection, bean) -> bean.json(connection));
        if (json.length() > LONGEST_DOCUMENT) {
            throw ServiceException.unreachable(address + " answered with more than 64 MiB");
        }
        try {
            return ServiceDocument.parse(json);
        } catch (IllegalArgumentException e) {
            throw ServiceException.unreachable("the answer of " + address + " cannot be read: " + e.getMessage()
                    + ". Use the version of the service");
        }
    }

    /**
     * Has a context loaded again.
     *
     * @param context its name
     * @throws ServiceException if it was not loaded
     */
    public void reload(String context) throws ServiceException {
        answer((connection, bean) -> {
            try {
                bean.reload(connection, context);
            } catch (RuntimeMBeanException | MBeanException e) {
                boolean exists = ServiceDocument.parse(bean.json(connection)).contexts().stream()
                        .anyMatch(known -> known.name().equals(context));
                Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
                throw new ServiceException(exists ? Fault.REFUSED : Fault.REQUEST, String.valueOf(cause.getMessage()));
            }
            return context;
        });
    }

    private <T> T answer(Question<T> question) throws ServiceException {
        return new Patience(access.timeout()).await(address.toString(), () -> {
            try (JMXConnector connector = connect()) {
                MBeanServerConnection connection = connector.getMBeanServerConnection();
                return question.ask(connection, ApplicationBean.find(connection, application, address.toString()));
            } catch (SecurityException e) {
                throw ServiceException.unreachable(refusal());
            } catch (IOException | JMException | NotBoundException e) {
                throw ServiceException.unreachable(address + " cannot be asked (" + reason(e)
                        + "). Check the address, that the service has a JMX agent, and whether the agent has TLS");
            }
        });
    }

    private String refusal() {
        return access.credentials()
                .map(known -> address + " refuses the user '" + known.user() + "' or the password. Check both, and what"
                        + " the user may do")
                .orElse(address + " asks for a user. Name one with --user");
    }

    /** The innermost exception says what happened. */
    private static String reason(Throwable failure) {
        Throwable innermost = failure;
        for (Throwable t = failure; t != null; t = t.getCause()) {
            innermost = t;
        }
        return innermost.getClass().getSimpleName()
                + (innermost.getMessage() == null ? "" : ": " + innermost.getMessage());
    }

    @SuppressWarnings("BanJNDI") // It warns of what the answer may be deserialised to, which the filter decides.
    private JMXConnector connect() throws IOException, NotBoundException, ServiceException {
        AnswerFilter.install();
        Map<String, Object> environment =
                access.credentials().map(Credentials::environment).orElse(Map.of());
        if (address instanceof LocalProcess process) {
            return JMXConnectorFactory.connect(new JMXServiceURL(localAgent(process)), environment);
        }
        Optional<AgentSockets> sockets = access.tls().isEmpty()
                ? Optional.empty()
                : Optional.of(AgentSockets.install(access.tls().get(), access.plainRegistry()));
        if (address instanceof Url other) {
            onlyTls(sockets);
            return JMXConnectorFactory.connect(other.url(), environment);
        }
        Agent agent = (Agent) address;
        Registry registry = LocateRegistry.getRegistry(agent.host(), agent.port());
        RMIServer server = (RMIServer) registry.lookup("jmxrmi");
        onlyTls(sockets);
        RMIConnector connector = new RMIConnector(server, environment);
        connector.connect();
        return connector;
    }

    private static void onlyTls(Optional<AgentSockets> sockets) throws IOException {
        if (sockets.isPresent()) {
            sockets.get().onlyTls();
        }
    }

    private static String localAgent(LocalProcess process) throws ServiceException {
        try {
            return LocalAgent.address(process);
        } catch (NoClassDefFoundError e) {
            throw ServiceException.unreachable("this Java has no module jdk.attach, so it cannot find processes. Use a"
                    + " JDK, or give the service a JMX port and name host:port");
        }
    }
}
