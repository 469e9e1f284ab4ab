package io.sluice.it.server.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/**
 * One server process for all deployments. Adapters of such servers start a process or a server for each deployment, so that
 * there would be neither two applications beside each other nor a redeployment.
 */
public final class ServerContainer implements DeployableContainer<ServerConfiguration> {

    private ServerConfiguration configuration = new ServerConfiguration();
    private LibraryServerProcess server;

    @Override
    public Class<ServerConfiguration> getConfigurationClass() {
        return ServerConfiguration.class;
    }

    @Override
    public void setup(ServerConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public void start() throws LifecycleException {
        try {
            server = LibraryServerProcess.start(configuration);
        } catch (IOException e) {
            throw new LifecycleException("the server did not start", e);
        }
    }

    @Override
    public void stop() throws LifecycleException {
        try {
            server.stop();
        } catch (IOException e) {
            throw new LifecycleException("the server did not stop", e);
        }
    }

    /** Tests run on the client's side only, and talk to the applications over HTTP. */
    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Local");
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        archive.as(ZipExporter.class).exportTo(file(archive).toFile(), true);
        request("deploy", archive);
        HTTPContext context = new HTTPContext("127.0.0.1", configuration.httpPort());
        context.add(new Servlet("any", "/" + archive.getName().replaceFirst("\\.[a-z]+$", "")));
        return new ProtocolMetaData().addContext(context);
    }

    @Override
    public void undeploy(Archive<?> archive) throws DeploymentException {
        request("undeploy", archive);
    }

    private void request(String request, Archive<?> archive) throws DeploymentException {
        String problem;
        try {
            problem = server.request(request, file(archive));
        } catch (IOException e) {
            throw new DeploymentException("the server does not answer", e);
        }
        if (!problem.isEmpty()) {
            throw new DeploymentException(problem);
        }
    }

    private Path file(Archive<?> archive) throws DeploymentException {
        try {
            return Files.createDirectories(configuration.home().resolve("applications"))
                    .resolve(archive.getName());
        } catch (IOException e) {
            throw new DeploymentException("no directory for " + archive.getName(), e);
        }
    }

    /** Registers the container with Arquillian. */
    public static final class Extension implements LoadableExtension {

        @Override
        public void register(ExtensionBuilder builder) {
            builder.service(DeployableContainer.class, ServerContainer.class);
        }
    }
}
