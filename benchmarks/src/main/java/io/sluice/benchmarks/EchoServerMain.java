package io.sluice.benchmarks;

import io.netty.util.internal.PlatformDependent;
import java.nio.file.Path;

/** An echo server's JVM. Prints its ports, answers commands on its standard input, ends with it. */
final class EchoServerMain {

    private EchoServerMain() {}

    public static void main(String[] arguments) throws Exception {
        EchoPorts ports = Contender.valueOf(arguments[0]).start(Path.of(arguments[1]));
        System.out.println(ports.tls() + " " + ports.plain());
        ServerMain.obey(EchoServerMain::memory);
        System.exit(0); // With the hooks of a profile.
    }

    /** With the direct buffers that Netty keeps from the JVM's own count. */
    private static long memory() {
        return Memory.used() + Math.max(0, PlatformDependent.usedDirectMemory());
    }
}
