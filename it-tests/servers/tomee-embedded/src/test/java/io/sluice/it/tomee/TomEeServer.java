package io.sluice.it.tomee;

import io.sluice.it.server.process.LibraryServer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.catalina.Host;
import org.apache.tomee.embedded.Configuration;
import org.apache.tomee.embedded.Container;

/** TomEE Embedded, as an application starts it. */
public final class TomEeServer implements LibraryServer {

    private final Container container = new Container();

    private TomEeServer(Path home, int httpPort) throws Exception {
        Configuration configuration = new Configuration()
                .dir(home.toString())
                .http(httpPort)
                .property("connector.attributes.address", "127.0.0.1");
        configuration.setDeleteBaseOnStartup(false);
        container.setup(configuration);
        container.start();
    }

    public static void main(String... arguments) {
        LibraryServer.main(TomEeServer::new, arguments);
    }

    @Override
    public void deploy(Path archive) throws Exception {
        container.deploy(name(archive), archive.toFile(), true);
        Host host = container.getTomcat().getHost();
        List<org.apache.catalina.Container> failed = Arrays.stream(host.findChildren())
                .filter(context -> !context.getState().isAvailable())
                .toList();
        if (!failed.isEmpty()) {
            failed.forEach(host::removeChild);
            throw new IllegalStateException(archive + " did not start; the log says why");
        }
    }

    @Override
    public void undeploy(Path archive) throws Exception {
        container.undeploy(name(archive));
    }

    @Override
    public void close() {
        container.close();
    }

    private static String name(Path archive) {
        return archive.getFileName().toString().replaceFirst("\\.[a-z]+$", "");
    }
}
