package io.sluice.benchmarks.compare;

import io.sluice.benchmarks.compare.server.HybridClientMain;
import java.io.IOException;

/**
 * The client of the hybrid rows: a JVM with BoringSSL on the clients' core, because OpenSSL before 3.5 has no ML-KEM. It offers
 * X25519MLKEM768 alone, so a handshake that completes has used it.
 */
final class HybridClient implements AutoCloseable {

    private final Answers process;

    private HybridClient(Answers process) {
        this.process = process;
    }

    static HybridClient start(Jdk jdk) throws IOException {
        return new HybridClient(Answers.start(
                "the hybrid client", Cores.CLIENT.pinned(jdk.java().with(HybridClientMain.class.getName()))));
    }

    /** So many connections, one after the other, each with a byte each way. */
    void connect(int port, int count) throws IOException {
        String answer = process.ask(port + " " + count);
        if (!answer.equals("ok")) {
            throw new IOException("port " + port + ": " + answer);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
