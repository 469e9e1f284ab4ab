package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;

/** An echo server that is compared with Netty's. */
enum Contender {
    /** NIO, the JDK's engine: what the others are measured against. */
    NETTY("Netty, JDK engine"),
    /** The same in another process: how far two runs of one thing differ. */
    NETTY_AGAIN("Netty again"),
    /** NIO, BoringSSL: what another engine would give. */
    NETTY_BORINGSSL("Netty, BoringSSL"),
    /** An endpoint on platform threads, the JDK's engine. */
    SLUICE_PLATFORM("Sluice, platform threads"),
    /** An endpoint on virtual threads, the JDK's engine. */
    SLUICE_VIRTUAL("Sluice, virtual threads"),
    /** A Socket or SSLSocket on a platform thread, written by hand. */
    BY_HAND("by hand, platform threads");

    private static final int JDK = Runtime.version().feature();
    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    /** Where the JDK warns of native code that it was not told of. */
    private static final int FIRST_THAT_WARNS = 24;

    private final String label;

    Contender(String label) {
        this.label = label;
    }

    /** Those that this JDK can run. */
    static List<Contender> all() {
        return Arrays.stream(values())
                .filter(contender -> contender != SLUICE_VIRTUAL || JDK >= FIRST_WITH_VIRTUAL_THREADS)
                .toList();
    }

    String label() {
        return label;
    }

    /** What its JVM has to be told. */
    List<String> jvm() {
        return this == NETTY_BORINGSSL && JDK >= FIRST_THAT_WARNS
                ? List.of("--enable-native-access=ALL-UNNAMED")
                : List.of();
    }

    /** How many connections it holds at once. */
    int most() {
        return this == SLUICE_PLATFORM ? SluiceEcho.MOST_PLATFORM_THREADS : Integer.MAX_VALUE;
    }

    /** Listens, with the key of a PKCS12 store, until the JVM ends. */
    EchoPorts start(Path store) throws IOException, GeneralSecurityException {
        return switch (this) {
            case NETTY, NETTY_AGAIN -> NettyEcho.onJdkEngine(store);
            case NETTY_BORINGSSL -> NettyEcho.onBoringSsl(store);
            case SLUICE_PLATFORM -> SluiceEcho.on("platform", store);
            case SLUICE_VIRTUAL -> SluiceEcho.on("virtual", store);
            case BY_HAND -> SslSocketEcho.start(store);
        };
    }
}
