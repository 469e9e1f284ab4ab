package io.sluice.benchmarks;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * Counts the socket writes and reads of the server's side of a TLS 1.3 connection that carries a byte each way. The accepted
 * socket counts its own; a channel's are counted from outside, see the README.
 */
final class SocketCalls {

    private static final int CONNECTIONS = 50;

    private SocketCalls() {}

    public static void main(String[] arguments) throws Exception {
        System.out.printf("JDK %s, calls a connection, all that occurred%n", System.getProperty("java.version"));
        Path directory = TemporaryFiles.directory();
        try (CountingServer server = new CountingServer()) {
            Path store = StoredKey.write(directory);
            for (Stack stack : new Stack[] {Stack.SSLSOCKET, Stack.SLUICE}) {
                count(stack, stack.service(store), server);
            }
        } finally {
            TemporaryFiles.delete(directory);
        }
        System.exit(0);
    }

    private static void count(Stack stack, Service service, CountingServer server) throws Exception {
        TreeSet<Integer> writes = new TreeSet<>();
        TreeSet<Integer> reads = new TreeSet<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            CompletableFuture<String> client = CompletableFuture.supplyAsync(() -> connect(server.getLocalPort()));
            CountingSocket socket = server.accept();
            service.serve(socket, Talk::echoOnce);
            client.join();
            writes.add(socket.writes);
            reads.add(socket.reads);
        }
        System.out.printf("%-20s writes %s, reads %s%n", stack.label(), writes, reads);
    }

    private static String connect(int port) {
        try {
            return Client.oneByte(port);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static final class CountingServer extends ServerSocket {

        CountingServer() throws IOException {
            super(0, 50, InetAddress.getLoopbackAddress());
        }

        @Override
        public CountingSocket accept() throws IOException {
            CountingSocket socket = new CountingSocket();
            implAccept(socket);
            return socket;
        }
    }

    private static final class CountingSocket extends Socket {

        private int writes;
        private int reads;

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    reads++;
                    return super.read();
                }

                @Override
                public int read(byte[] b, int off, int len) throws IOException {
                    reads++;
                    return in.read(b, off, len);
                }
            };
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(int b) throws IOException {
                    writes++;
                    out.write(b);
                }

                @Override
                public void write(byte[] b, int off, int len) throws IOException {
                    writes++;
                    out.write(b, off, len);
                }
            };
        }
    }
}
