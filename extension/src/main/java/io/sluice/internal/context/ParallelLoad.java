package io.sluice.internal.context;

import io.sluice.context.SslContextException;
import io.sluice.internal.context.ContextRegistry.Invalid;
import io.sluice.internal.jsse.RootCause;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Loads several contexts at once. Its threads end with it and use the caller's class loader. Contexts that depend on the thread are
 * loaded on the caller's.
 */
final class ParallelLoad {

    private ParallelLoad() {}

    static List<Invalid> of(List<ReloadableContext> contexts) {
        List<ReloadableContext> anywhere =
                contexts.stream().filter(ReloadableContext::loadsOnAnyThread).toList();
        return Stream.concat(
                        here(contexts.stream().filter(context -> !context.loadsOnAnyThread())),
                        anywhere(anywhere).stream())
                .sorted(Comparator.comparing(Invalid::context))
                .toList();
    }

    private static Stream<Invalid> here(Stream<ReloadableContext> contexts) {
        return contexts.map(ParallelLoad::load).flatMap(Optional::stream);
    }

    private static List<Invalid> anywhere(List<ReloadableContext> contexts) {
        int threads = Math.min(contexts.size(), Runtime.getRuntime().availableProcessors());
        if (threads <= 1) {
            return here(contexts.stream()).toList();
        }
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        ExecutorService executor = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "sluice-context-load");
            thread.setContextClassLoader(application);
            thread.setDaemon(true);
            return thread;
        });
        try {
            return contexts.stream()
                    .map(context -> CompletableFuture.supplyAsync(() -> load(context), executor))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .flatMap(Optional::stream)
                    .toList();
        } finally {
            executor.shutdown();
        }
    }

    private static Optional<Invalid> load(ReloadableContext context) {
        try {
            context.load();
            return Optional.empty();
        } catch (SslContextException e) {
            return Optional.of(new Invalid(context.name(), e));
        } catch (RuntimeException
                | Error e) { // Security providers throw them: a token that is pulled out, a native library.
            SslContextException named =
                    new SslContextException(context.description() + " cannot be loaded: " + RootCause.of(e), e);
            return Optional.of(new Invalid(context.name(), named));
        }
    }
}
