package io.sluice.it.support;

import io.sluice.testing.TestCertificate;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The behaviour of the other side of a connection until it ends. */
public enum PeerBehaviour {
    /** Follows the protocol, and reads to the end. */
    WELL_BEHAVED {
        @Override
        void act(Socket far, Protocol way) throws IOException {
            drain(way.client(far));
        }
    },
    /** Follows the protocol in the handshake, and then does not even answer a close_notify. */
    THAT_ANSWERS_NOTHING {
        @Override
        void act(Socket far, Protocol way) throws IOException {
            way.client(far);
            drain(far);
        }
    },
    SILENT {
        @Override
        void act(Socket far, Protocol way) throws IOException {
            drain(far);
        }
    },
    SPEAKS_HTTP {
        @Override
        void act(Socket far, Protocol way) throws IOException {
            far.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            drain(far);
        }
    },
    SENDS_GARBAGE {
        @Override
        void act(Socket far, Protocol way) throws IOException {
            byte[] garbage = new byte[64];
            new SecureRandom().nextBytes(garbage);
            garbage[0] = 0x7f;
            far.getOutputStream().write(garbage);
            drain(far);
        }
    },
    CLOSES_AT_ONCE {
        @Override
        void act(Socket far, Protocol way) throws IOException {
            far.close();
        }
    },
    CLOSES_IN_THE_HELLO {
        @Override
        void act(Socket far, Protocol way) throws IOException {
            far.getOutputStream().write(HELLO_OF_200_BYTES);
            far.shutdownOutput();
            drain(far);
        }
    },
    DRIPS {
        @Override
        void act(Socket far, Protocol way) throws IOException, InterruptedException {
            far.getOutputStream().write(HELLO_OF_200_BYTES);
            for (int i = 0; i < 150; i++) {
                far.getOutputStream().write(0);
                TimeUnit.MILLISECONDS.sleep(30);
            }
        }
    },
    WITH_ANOTHER_VERSION {
        @Override
        void act(Socket far, Protocol way) throws IOException {
            drain(way.other().client(far));
        }
    },
    WITH_AN_UNTRUSTED_CERTIFICATE {
        @Override
        void act(Socket far, Protocol way) throws IOException {
            drain(way.client(far, STRANGER));
        }
    },
    THAT_TRUSTS_NOBODY {
        @Override
        void act(Socket far, Protocol way) throws IOException {
            drain(way.client(far, TRUSTS_ANOTHER));
        }
    };

    private static final byte[] HELLO_OF_200_BYTES = {22, 3, 1, 0, (byte) 200, 1, 0, 0, (byte) 196, 3, 3};
    private static final SSLContext TRUSTS_ANOTHER =
            TestCertificate.ec("localhost").trustingContext();
    private static final SSLContext STRANGER = stranger();

    /** One thread for each peer, because a blocked thread of the common pool would be missing in the next test. */
    public static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "peer");
        thread.setDaemon(true);
        return thread;
    });

    abstract void act(Socket far, Protocol way) throws IOException, InterruptedException;

    /** Starts on a separate thread. Errors are expected. */
    public CompletableFuture<Void> start(Socket far, Protocol way) {
        return CompletableFuture.runAsync(
                () -> {
                    try (far) {
                        act(far, way);
                    } catch (IOException e) {
                        // The connection has ended.
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                THREADS);
    }

    private static void drain(Socket socket) throws IOException {
        byte[] bytes = new byte[256];
        while (socket.getInputStream().read(bytes) >= 0) {
            // Nothing is kept.
        }
    }

    /** Presents its certificate although the server does not name its issuer, and trusts that of the server. */
    private static SSLContext stranger() {
        try {
            TestCertificate certificate = TestCertificate.ec("stranger");
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(Protocol.SERVER.keyStore());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new SingleKeyManager(certificate)}, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
