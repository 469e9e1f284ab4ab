package io.sluice.it.payara.micro;

import fish.payara.micro.PayaraMicro;
import fish.payara.micro.PayaraMicroRuntime;
import io.sluice.it.server.process.LibraryServer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/** Payara Micro. Its command line deploys at the start only. */
public final class PayaraMicroServer implements LibraryServer {

    private final PayaraMicroRuntime server;

    private PayaraMicroServer(Path home, int httpPort) throws Exception {
        File root = Files.createDirectories(home.resolve("root")).toFile();
        server = PayaraMicro.getInstance()
                .setNoHazelcast(true)
                .setRootDir(root)
                .setHttpPort(httpPort)
                .setPreBootHandler(commands -> commands.run(
                        "set",
                        "configs.config.server-config.network-config.network-listeners"
                                + ".network-listener.http-listener.address=127.0.0.1"))
                .bootStrap();
    }

    public static void main(String... arguments) {
        LibraryServer.main(PayaraMicroServer::new, arguments);
    }

    @Override
    public void deploy(Path archive) {
        server.deploy(archive.toFile());
        // What Payara Micro returns is true even if there was a problem.
        if (!isDeployed(archive)) {
            throw new IllegalStateException(archive + " was not deployed; the log says why");
        }
    }

    @Override
    public void undeploy(Path archive) {
        server.undeploy(name(archive));
        if (isDeployed(archive)) {
            throw new IllegalStateException(archive + " is still deployed; the log says why");
        }
    }

    /** It has a shutdown hook. */
    @Override
    public void close() {}

    private boolean isDeployed(Path archive) {
        return server.getDeployedApplicationNames().contains(name(archive));
    }

    private static String name(Path archive) {
        return archive.getFileName().toString().replaceFirst("[.][^.]*$", "");
    }
}
