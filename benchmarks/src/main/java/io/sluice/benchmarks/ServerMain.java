package io.sluice.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** The server's JVM. Prints its port, answers commands on its standard input, ends with it. */
final class ServerMain {

    /** The name of the thread that serves, where one does. */
    static final String THREAD = "server";

    private static volatile boolean stopping;

    private ServerMain() {}

    public static void main(String[] arguments) throws Exception {
        Stack stack = Stack.valueOf(arguments[0]);
        ServerMode mode = ServerMode.valueOf(arguments[1]);
        Service service = stack.service(Path.of(arguments[2]));
        Listener listener = stack.listener();
        Thread acceptor = new Thread(() -> serve(listener, service, mode), THREAD);
        acceptor.setDaemon(true);
        acceptor.start();
        System.out.println(listener.port());
        obey(Memory::used);
        stopping = true;
        System.exit(0);
    }

    /** Whatever is asked, it is for memory. Ends with the standard input. */
    static void obey(LongSupplier memory) throws IOException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            System.out.println(memory.getAsLong());
        }
    }

    private static void serve(Listener listener, Service service, ServerMode mode) {
        Executor threads = mode == ServerMode.IDLE ? VirtualThreads.executor() : Runnable::run;
        Talk talk = switch (mode) {
            case ONE_BYTE -> Talk::echoOnce;
            case BULK -> Talk::bulk;
            case IDLE -> Talk::echo;
        };
        try {
            while (true) {
                Socket socket = listener.connections().accept();
                // Else small writes wait for the client's delayed acknowledgement, and the run for nothing.
                socket.setTcpNoDelay(true);
                threads.execute(() -> serve(service, socket, talk));
            }
        } catch (IOException e) {
            System.err.println("accepting: " + e);
        }
    }

    private static void serve(Service service, Socket socket, Talk talk) {
        try {
            service.serve(socket, talk);
        } catch (IOException e) {
            if (!stopping) {
                System.err.println("serving: " + e);
            }
        }
    }
}
