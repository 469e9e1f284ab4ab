package io.sluice.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients of one server, each on a thread of its own. */
final class Crowd implements Closeable {

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "client");
        thread.setDaemon(true);
        return thread;
    });

    private final List<Operation> clients = new ArrayList<>();

    Crowd(EchoLoad load, ServerProcess server) throws IOException, InterruptedException {
        try {
            clients.addAll(all(load.clients(), () -> load.client(server)));
        } catch (IOException e) {
            throw new IOException("server " + server.label() + ": " + e.getMessage(), e);
        }
    }

    /** Shares the operations out evenly; returns when all are done. */
    void run(int operations) throws IOException, InterruptedException {
        int each = Math.max(1, operations / clients.size());
        all(clients.stream().map(client -> times(each, client)).toList());
    }

    /** How many that are, as they are shared out. */
    int rounded(int operations) {
        return Math.max(1, operations / clients.size()) * clients.size();
    }

    private static Callable<Void> times(int times, Operation client) {
        return () -> {
            for (int i = 0; i < times; i++) {
                client.once();
            }
            return null;
        };
    }

    /** The same task on several threads at once. */
    static <T> List<T> all(int threads, Callable<T> task) throws IOException, InterruptedException {
        return all(Collections.nCopies(threads, task));
    }

    private static <T> List<T> all(List<Callable<T>> tasks) throws IOException, InterruptedException {
        List<T> results = new ArrayList<>();
        for (Future<T> future : THREADS.invokeAll(tasks)) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                throw new IOException(e.getCause().getMessage(), e.getCause());
            }
        }
        return results;
    }

    @Override
    public void close() throws IOException {
        for (Operation client : clients) {
            client.close();
        }
    }
}
