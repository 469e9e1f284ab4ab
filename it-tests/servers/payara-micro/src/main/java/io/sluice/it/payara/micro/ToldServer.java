package io.sluice.it.payara.micro;

import fish.payara.micro.PayaraMicro;
import fish.payara.micro.PayaraMicroRuntime;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.File;
import java.net.InetAddress;
import java.net.Socket;

/**
 * Payara Micro that is told what to deploy and to undeploy while it runs: its command line deploys at the start alone. It is told over a
 * connection, and ends when that does.
 */
public final class ToldServer {

    private final PayaraMicroRuntime server;

    private ToldServer(PayaraMicroRuntime server) {
        this.server = server;
    }

    /**
     * Runs it.
     *
     * @param arguments the port to be told on, the directory of the server's files, and its HTTP port
     */
    public static void main(String... arguments) throws Exception {
        try (Socket teller = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
                DataInputStream in = new DataInputStream(teller.getInputStream());
                DataOutputStream out = new DataOutputStream(teller.getOutputStream())) {
            ToldServer server = new ToldServer(start(new File(arguments[1]), Integer.parseInt(arguments[2])));
            out.writeBoolean(true);
            while (true) {
                out.writeBoolean(server.obey(in.readUTF(), in.readUTF()));
            }
        } catch (EOFException told) {
            System.exit(0); // With the server's own hook.
        }
    }

    private static PayaraMicroRuntime start(File root, int port) throws Exception {
        return PayaraMicro.getInstance()
                .setNoHazelcast(true)
                .setRootDir(root)
                .setHttpPort(port)
                .setPreBootHandler(commands -> commands.run(
                        "set",
                        "configs.config.server-config.network-config.network-listeners"
                                + ".network-listener.http-listener.address=127.0.0.1"))
                .bootStrap();
    }

    private boolean obey(String command, String operand) {
        return switch (command) {
            case "deploy" -> deploy(new File(operand));
            case "undeploy" -> undeploy(operand);
            default -> throw new IllegalArgumentException(command);
        };
    }

    /** What Payara Micro answers itself is true also where there was a problem. */
    private boolean deploy(File archive) {
        server.deploy(archive);
        return isThere(archive.getName().replaceFirst("[.][^.]*$", ""));
    }

    private boolean undeploy(String application) {
        server.undeploy(application);
        return !isThere(application);
    }

    private boolean isThere(String application) {
        return server.getDeployedApplicationNames().contains(application);
    }
}
