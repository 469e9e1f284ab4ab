package io.sluice.it.tomee;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/** TomEE Embedded for Arquillian, as {@code tomee-embedded} of {@code arquillian.xml}. */
public final class TomEeContainer implements DeployableContainer<TomEeConfiguration> {

    private TomEeConfiguration configuration = new TomEeConfiguration();
    private ServerProcess server;

    @Override
    public Class<TomEeConfiguration> getConfigurationClass() {
        return TomEeConfiguration.class;
    }

    @Override
    public void setup(TomEeConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public void start() throws LifecycleException {
        try {
            server = ServerProcess.start(configuration);
        } catch (IOException e) {
            throw new LifecycleException("TomEE did not start", e);
        }
    }

    @Override
    public void stop() throws LifecycleException {
        try {
            server.stop();
        } catch (IOException e) {
            throw new LifecycleException("TomEE did not stop", e);
        }
    }

    /** Only the client's side of tests is run: the applications answer by HTTP. */
    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Local");
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        Path file = file(archive);
        archive.as(ZipExporter.class).exportTo(file.toFile(), true);
        ask(Request.Kind.DEPLOY, file);
        HTTPContext context = new HTTPContext("127.0.0.1", configuration.httpPort());
        context.add(new Servlet("default", archive.getName().replaceFirst("\\.[a-z]+$", "")));
        return new ProtocolMetaData().addContext(context);
    }

    @Override
    public void undeploy(Archive<?> archive) throws DeploymentException {
        ask(Request.Kind.UNDEPLOY, file(archive));
    }

    private void ask(Request.Kind kind, Path application) throws DeploymentException {
        Answer answer;
        try {
            answer = server.ask(new Request(kind, application));
        } catch (IOException e) {
            throw new DeploymentException("TomEE does not answer", e);
        }
        if (!answer.isDone()) {
            throw new DeploymentException(answer.problem());
        }
    }

    private Path file(Archive<?> archive) {
        Path applications = configuration.home().resolve("applications");
        try {
            Files.createDirectories(applications);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return applications.resolve(archive.getName());
    }
}
