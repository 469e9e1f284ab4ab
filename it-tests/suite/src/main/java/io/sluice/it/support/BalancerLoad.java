package io.sluice.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Clients that send requests through a balancer until they are stopped. Nothing is sent again: a lost request is a failure. */
public final class BalancerLoad implements AutoCloseable {

    private static final int CLIENTS = 4;
    /** Some connections carry one request, others many. */
    private static final int LONGEST = 40;

    private final InetSocketAddress balancer;
    private final SSLContext trusting;
    private final AtomicInteger answered = new AtomicInteger();
    private final Queue<Throwable> lost = new ConcurrentLinkedQueue<>();
    private final List<Thread> clients;
    private volatile boolean stopping;

    public BalancerLoad(InetSocketAddress balancer, SSLContext trusting) {
        this.balancer = balancer;
        this.trusting = trusting;
        this.clients = IntStream.range(0, CLIENTS)
                .mapToObj(i -> new Thread(() -> ask(i), "client-" + i))
                .toList();
        clients.forEach(Thread::start);
    }

    public int answered() {
        return answered.get();
    }

    public Queue<Throwable> lost() {
        return lost;
    }

    private void ask(int client) {
        for (int connection = 0; !stopping; connection++) {
            try {
                converse(client, client == 0 ? Integer.MAX_VALUE : 1 + connection % LONGEST);
            } catch (IOException | AssertionError e) {
                lost.add(e);
            }
        }
    }

    private void converse(int client, int requests) throws IOException {
        try (Socket raw = new Socket()) {
            raw.setSoTimeout(20_000);
            raw.setTcpNoDelay(true);
            raw.connect(balancer, 20_000);
            SSLSocket tls =
                    (SSLSocket) trusting.getSocketFactory().createSocket(raw, "localhost", balancer.getPort(), false);
            BufferedReader in = new BufferedReader(new InputStreamReader(tls.getInputStream(), StandardCharsets.UTF_8));
            boolean more = true;
            for (int i = 0; i < requests && more && !stopping; i++) {
                String request = "request-" + client + '-' + i;
                tls.getOutputStream().write((request + '\n').getBytes(StandardCharsets.UTF_8));
                String answer = in.readLine();
                assertThat(answer).startsWith("hello " + request + " /127.0.0.1:" + raw.getLocalPort() + " v2 ");
                more = answer.endsWith(" more");
                answered.incrementAndGet();
            }
            tls.close();
        }
    }

    /** Waits until each client has its last answer. */
    public void stop() throws InterruptedException {
        stopping = true;
        for (Thread client : clients) {
            client.join(30_000);
            assertThat(client.isAlive()).as(client.getName()).isFalse();
        }
    }

    @Override
    public void close() {
        stopping = true;
    }
}
