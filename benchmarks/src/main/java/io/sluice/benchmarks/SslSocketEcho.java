package io.sluice.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The echo server as one writes it by hand: a thread that accepts, and a pool of threads. */
final class SslSocketEcho {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Service service;

    private SslSocketEcho(Service service) {
        this.service = service;
    }

    static EchoPorts start(Path store) throws IOException, GeneralSecurityException {
        Service tls = Service.sslSocket(StoredKey.context(store));
        return new EchoPorts(new SslSocketEcho(tls).listen(), new SslSocketEcho(SslSocketEcho::plain).listen());
    }

    private static void plain(Socket accepted, Talk talk) throws IOException {
        try (Socket socket = accepted) {
            talk.with(socket.getInputStream(), socket.getOutputStream());
        }
    }

    private int listen() throws IOException {
        ServerSocket server = new ServerSocket(0, EchoPorts.BACKLOG, InetAddress.getLoopbackAddress());
        new Thread(() -> accept(server), "accept").start();
        return server.getLocalPort();
    }

    private void accept(ServerSocket server) {
        try {
            while (true) {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            }
        } catch (IOException e) {
            System.err.println("accepting: " + e);
        }
    }

    private void serve(Socket socket) {
        try {
            socket.setTcpNoDelay(true);
            service.serve(socket, Talk::echoMessages);
        } catch (IOException e) {
            System.err.println("serving: " + e);
        }
    }
}
