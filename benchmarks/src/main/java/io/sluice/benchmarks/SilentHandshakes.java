package io.sluice.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLSocket;

/**
 * How long a good client's connection takes, a full TLS 1.3 handshake and a byte each way, while others have connected and say
 * nothing. Rounds without and with them by turns; two rounds without any, side by side, show the noise.
 *
 * <p>Arguments: how many are silent (500), rounds (7), connections a round (200).
 */
final class SilentHandshakes {

    private static final int WARM_UP = 3_000;

    private final EndpointProcess server;
    private final int connections;

    private SilentHandshakes(EndpointProcess server, int connections) {
        this.server = server;
        this.connections = connections;
    }

    public static void main(String[] arguments) throws Exception {
        int silent = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 500;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 7;
        int connections = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 200;
        System.out.printf("JDK %s, %d silent, µs a good connection, medians%n", Runtime.version(), silent);
        Path directory = TemporaryFiles.directory();
        try (EndpointProcess server = EndpointProcess.start(StoredKey.write(directory))) {
            new SilentHandshakes(server, connections).run(silent, rounds);
        } finally {
            TemporaryFiles.delete(directory);
        }
        System.exit(0);
    }

    private void run(int silent, int rounds) throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            micros();
        }
        double[] ratios = new double[rounds];
        double[] noise = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            double without = median();
            double again = median();
            double with = medianBeside(silent);
            ratios[round] = with / Math.min(without, again);
            noise[round] = Math.max(without, again) / Math.min(without, again);
            System.out.printf("without %6.0f, without %6.0f, with %6.0f%n", without, again, with);
        }
        Arrays.sort(ratios);
        Arrays.sort(noise);
        System.out.printf(
                "with / without, median of the rounds: %.3f; without / without: %.3f%n",
                ratios[rounds / 2], noise[rounds / 2]);
    }

    private double medianBeside(int silent) throws Exception {
        List<Socket> mute = new ArrayList<>();
        try {
            for (int i = 0; i < silent; i++) {
                mute.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
            }
            while (server.connections() < silent) {
                Thread.sleep(10);
            }
            return median();
        } finally {
            for (Socket socket : mute) {
                socket.close();
            }
            while (server.connections() > 0) {
                Thread.sleep(10);
            }
        }
    }

    private double median() throws IOException {
        double[] each = new double[connections];
        for (int i = 0; i < connections; i++) {
            each[i] = micros();
        }
        Arrays.sort(each);
        return each[connections / 2];
    }

    private double micros() throws IOException {
        long start = System.nanoTime();
        try (SSLSocket socket = Client.connect(server.port())) {
            Client.echo(socket);
            return (System.nanoTime() - start) / 1e3;
        }
    }
}
