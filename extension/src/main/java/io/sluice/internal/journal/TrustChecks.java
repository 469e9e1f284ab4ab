package io.sluice.internal.journal;

import io.sluice.internal.context.ApplicationThreads;
import io.sluice.internal.settings.Sha256;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Verifies the peers of one context with the trust of another one, on a thread of its own: revocation may have to be asked for over the
 * network, and no connection waits for a policy. If too many wait, further ones are counted and not checked. Thread-safe.
 */
final class TrustChecks {

    private static final int MOST_WAITING = 1_000;
    private static final int MOST_VERDICTS = 1_000;
    private static final Duration VERDICT_AGE = Duration.ofMinutes(10);
    private static final long IDLE_SECONDS = 10;

    /** A key exchange that says nothing about the certificate. */
    private static final String ANY_EXCHANGE = "UNKNOWN";

    private final ContextFacts facts;
    private final boolean mask;
    private final ThreadPoolExecutor worker;

    /** The worker's only. The last verdicts, because most peers come again. */
    private final Map<Question, Verdict> verdicts = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Verdict> eldest) {
            return size() > MOST_VERDICTS;
        }
    };

    private record Question(String context, long generation, boolean isServer, String chain) {}

    private record Verdict(Optional<String> objection, Instant time) {}

    TrustChecks(ContextFacts facts, boolean mask, ApplicationThreads threads) {
        this.facts = facts;
        this.mask = mask;
        this.worker = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), threads);
        worker.allowCoreThreadTimeOut(true);
    }

    void check(CheckedConnection connection, PolicyTally tally) {
        try {
            worker.execute(() -> run(connection, tally));
        } catch (RuntimeException | Error e) { // Too many wait, or there is no thread for it.
            tally.unchecked();
        }
    }

    void stop() {
        worker.shutdownNow();
    }

    private void run(CheckedConnection connection, PolicyTally tally) {
        String context = tally.policy().trust().orElseThrow();
        Optional<ContextFacts.Trust> trust;
        try {
            trust = facts.trust(context);
        } catch (RuntimeException e) { // The container may have ended.
            trust = Optional.empty();
        }
        if (trust.isEmpty()) {
            tally.unchecked();
            return;
        }
        tally.checked(connection, mask, objection(connection, context, trust.get()));
    }

    private Optional<String> objection(CheckedConnection connection, String context, ContextFacts.Trust trust) {
        List<X509Certificate> chain = connection.session().peerCertificates();
        if (chain.isEmpty()) {
            return Optional.empty();
        }
        try {
            Question question = new Question(context, trust.generation(), connection.isServer(), digest(chain));
            Verdict known = verdicts.get(question);
            if (known == null || known.time().plus(VERDICT_AGE).isBefore(connection.time())) {
                known = new Verdict(verify(connection, chain, context, trust), connection.time());
                verdicts.put(question, known);
            }
            return known.objection();
        } catch (CertificateException e) {
            return Optional.of("its certificate cannot be encoded");
        }
    }

    private static String digest(List<X509Certificate> chain) throws CertificateException {
        StringBuilder digest = new StringBuilder();
        for (X509Certificate certificate : chain) {
            digest.append(Sha256.hex(certificate.getEncoded()));
        }
        return digest.toString();
    }

    private static Optional<String> verify(
            CheckedConnection connection, List<X509Certificate> chain, String context, ContextFacts.Trust trust) {
        X509Certificate[] certificates = chain.toArray(X509Certificate[]::new);
        try {
            if (connection.isServer()) {
                trust.manager()
                        .checkClientTrusted(
                                certificates, chain.get(0).getPublicKey().getAlgorithm());
            } else {
                trust.manager().checkServerTrusted(certificates, ANY_EXCHANGE);
            }
            return Optional.empty();
        } catch (CertificateException | RuntimeException e) {
            return Optional.of("the trust of context '" + context + "' refuses its certificate: " + e.getMessage());
        }
    }
}
