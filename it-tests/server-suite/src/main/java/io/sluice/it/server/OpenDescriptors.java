package io.sluice.it.server;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The open files and sockets of the server's JVM.
 *
 * @param names a name for each descriptor: a file's path, a socket's ports
 */
record OpenDescriptors(List<String> names) {

    /** A server may open one more for its own connections; a leak of applications would show twenty. */
    private static final int OF_A_SELECTOR = 2;

    /** The server's own files, because it opens and closes its jars at any time. */
    static Set<String> installed() throws IOException {
        Set<String> installed = new HashSet<>();
        Files.walkFileTree(Server.current().home(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                installed.add(file.toString());
                return FileVisitResult.CONTINUE;
            }

            /** The file has just been deleted. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE;
            }
        });
        return installed;
    }

    /**
     * Returns what is open now and was not before, except what belongs to the server or is left by the application without
     * Sluice.
     */
    List<String> besides(OpenDescriptors before, Set<String> installed) {
        List<String> left = new ArrayList<>(names);
        before.names.forEach(left::remove);
        left.removeIf(name -> installed.contains(name) || name.contains("/control") || before.accept(name));
        if (left.stream().filter(OpenDescriptors::isSelector).count() <= OF_A_SELECTOR) {
            left.removeIf(OpenDescriptors::isSelector);
        }
        return left;
    }

    private static boolean isSelector(String name) {
        return name.startsWith("anon_inode:");
    }

    /** Returns true for a socket of a listening port, because those change with the server's clients, such as the deployer. */
    private boolean accept(String name) {
        return name.startsWith("socket of port ") && names.contains(name.replaceFirst("to port \\d+$", "to port 0"));
    }
}
