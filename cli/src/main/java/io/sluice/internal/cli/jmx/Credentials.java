package io.sluice.internal.cli.jmx;

import java.util.Map;
import javax.management.remote.JMXConnector;

/**
 * Who asks. Without a password in its text.
 *
 * @param user the name
 * @param password the password
 */
public record Credentials(String user, String password) {

    Map<String, Object> environment() {
        return Map.of(JMXConnector.CREDENTIALS, new String[] {user, password});
    }

    @Override
    public String toString() {
        return "Credentials[" + user + "]";
    }
}
