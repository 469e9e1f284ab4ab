package io.sluice.it.payara.micro;

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
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/**
 * One Payara Micro for all deployments. Payara's own adapter (arquillian-payara-micro-managed) starts a process for each, so that there
 * would be neither two applications beside each other nor a redeployment.
 */
public final class PayaraMicroContainer implements DeployableContainer<PayaraMicroConfiguration> {

    private PayaraMicroConfiguration configuration = new PayaraMicroConfiguration();
    private ServerProcess server;

    @Override
    public Class<PayaraMicroConfiguration> getConfigurationClass() {
        return PayaraMicroConfiguration.class;
    }

    @Override
    public void setup(PayaraMicroConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Servlet 6.0");
    }

    @Override
    public void start() throws LifecycleException {
        try {
            server = ServerProcess.start(configuration);
        } catch (IOException e) {
            throw new LifecycleException("Payara Micro did not start", e);
        }
    }

    @Override
    public void stop() throws LifecycleException {
        try {
            server.close();
        } catch (IOException e) {
            throw new LifecycleException("Payara Micro did not stop", e);
        }
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        try {
            Path file = Files.createDirectories(configuration.home().resolve("deployments"))
                    .resolve(archive.getName());
            archive.as(ZipExporter.class).exportTo(file.toFile(), true);
            if (!server.tell("deploy", file.toString())) {
                throw new DeploymentException("Payara Micro did not deploy " + archive.getName() + ": see its log");
            }
        } catch (IOException e) {
            throw new DeploymentException("Payara Micro was not told of " + archive.getName(), e);
        }
        HTTPContext context = new HTTPContext("127.0.0.1", configuration.httpPort());
        context.add(new Servlet("any", "/" + name(archive)));
        return new ProtocolMetaData().addContext(context);
    }

    @Override
    public void undeploy(Archive<?> archive) throws DeploymentException {
        try {
            if (!server.tell("undeploy", name(archive))) {
                throw new DeploymentException("Payara Micro did not undeploy " + archive.getName() + ": see its log");
            }
        } catch (IOException e) {
            throw new DeploymentException("Payara Micro was not told of " + archive.getName(), e);
        }
    }

    private static String name(Archive<?> archive) {
        return archive.getName().substring(0, archive.getName().lastIndexOf('.'));
    }
}
