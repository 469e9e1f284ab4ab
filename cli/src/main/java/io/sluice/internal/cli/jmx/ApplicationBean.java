package io.sluice.internal.cli.jmx;

import io.sluice.internal.cli.jmx.ServiceException.Fault;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;

/**
 * The MXBean of one application.
 *
 * @param name its name
 */
record ApplicationBean(ObjectName name) {

    private static final String PATTERN = "io.sluice:type=Sluice,*";
    private static final String APPLICATION = "application";
    private static final String DOCUMENT = "Json";
    private static final String RELOAD = "reload";

    /** Finds the bean of an application, or that of the only one. */
    static ApplicationBean find(MBeanServerConnection connection, Optional<String> application, String service)
            throws IOException, JMException, ServiceException {
        Map<String, ObjectName> beans = new TreeMap<>();
        for (ObjectName found : connection.queryNames(new ObjectName(PATTERN), null)) {
            beans.merge(application(found), found, (one, other) -> one.compareTo(other) < 0 ? one : other);
        }
        if (beans.isEmpty()) {
            throw ServiceException.unreachable(service + " has no application with Sluice that shows itself in JMX");
        }
        String known = beans.keySet().stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
        if (application.isEmpty() && beans.size() > 1) {
            throw new ServiceException(
                    Fault.REQUEST, service + " has several applications. Name one with --application: " + known);
        }
        ObjectName chosen =
                beans.get(application.orElse(beans.keySet().iterator().next()));
        if (chosen == null) {
            throw new ServiceException(
                    Fault.REQUEST, service + " has no application '" + application.orElse("") + "'. It has " + known);
        }
        return new ApplicationBean(chosen);
    }

    private static String application(ObjectName name) {
        String value = name.getKeyProperty(APPLICATION);
        if (value == null) {
            return name.toString();
        }
        return value.startsWith("\"") ? ObjectName.unquote(value) : value;
    }

    String json(MBeanServerConnection connection) throws IOException, JMException {
        return String.valueOf(connection.getAttribute(name, DOCUMENT));
    }

    void reload(MBeanServerConnection connection, String context) throws IOException, JMException {
        connection.invoke(name, RELOAD, new Object[] {context}, new String[] {String.class.getName()});
    }
}
