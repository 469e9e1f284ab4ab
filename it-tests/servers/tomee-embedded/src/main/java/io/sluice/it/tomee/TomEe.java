package io.sluice.it.tomee;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.catalina.Host;
import org.apache.tomee.embedded.Configuration;
import org.apache.tomee.embedded.Container;

/** TomEE Embedded, as an application starts it. */
final class TomEe implements AutoCloseable {

    private final Container container = new Container();

    TomEe(Path home, int port) throws Exception {
        Configuration configuration = new Configuration()
                .dir(home.toString())
                .http(port)
                .property("connector.attributes.address", "127.0.0.1");
        configuration.setDeleteBaseOnStartup(false);
        container.setup(configuration);
        container.start();
    }

    void deploy(Path application) throws Exception {
        container.deploy(name(application), application.toFile(), true);
        Host host = container.getTomcat().getHost();
        List<org.apache.catalina.Container> failed = Arrays.stream(host.findChildren())
                .filter(context -> !context.getState().isAvailable())
                .toList();
        if (!failed.isEmpty()) {
            failed.forEach(host::removeChild);
            throw new IllegalStateException(application + " did not start; the log says why");
        }
    }

    void undeploy(Path application) throws Exception {
        container.undeploy(name(application));
    }

    private static String name(Path application) {
        return application.getFileName().toString().replaceFirst("\\.[a-z]+$", "");
    }

    @Override
    public void close() {
        container.close();
    }
}
