package io.sluice.internal.boringssl;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;

/** A JVM like that of a server: an application with a class loader of its own uses BoringSSL, on a thread that ends after it. */
public final class EndedApplication {

    private static final int COLLECTIONS = 5;
    private static final long PATIENCE_SECONDS = 10;
    /** For a thread, on a busy machine. */
    private static final long LONGEST_SECONDS = 60;

    private EndedApplication() {}

    private record Loaders(WeakReference<ClassLoader> application, WeakReference<ClassLoader> netty) {

        boolean collected() {
            return application.get() == null && netty.get() == null;
        }
    }

    /** What the application does. */
    public static final class Use implements Runnable {

        /** Used by reflection. */
        public Use() {}

        /** Begins a handshake, for which BoringSSL keeps random numbers with the thread. */
        @Override
        public void run() {
            new BoringSslProvider().unavailable().ifPresent(missing -> {
                throw new IllegalStateException(missing.fault());
            });
            try {
                SslContext context = SslContextBuilder.forClient()
                        .sslProvider(SslProvider.OPENSSL_REFCNT)
                        .build();
                SSLEngine engine = context.newEngine(UnpooledByteBufAllocator.DEFAULT);
                engine.wrap(
                        ByteBuffer.allocate(0),
                        ByteBuffer.allocate(engine.getSession().getPacketBufferSize()));
                ReferenceCountUtil.release(engine);
                ReferenceCountUtil.release(context);
                forgetThreadLocals();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Netty's would keep its class loader until the thread ends, but not each thread that has used BoringSSL has some. */
    private static void forgetThreadLocals() {
        FastThreadLocal.removeAll();
    }

    /** The argument is {@code shared} if Netty has a class loader of its own, which nobody else uses. */
    public static void main(String[] arguments) throws Exception {
        boolean shared = arguments[0].equals("shared");
        CountDownLatch used = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        AtomicReference<Loaders> loaders = new AtomicReference<>();
        Thread ofServer = new Thread(() -> {
            try {
                loaders.set(use(shared));
            } finally {
                used.countDown();
            }
            await(end);
        });
        ofServer.setDaemon(true);
        ofServer.start();
        await(used);
        collect(loaders.get());
        System.out.println("application " + state(loaders.get().application()) + ", Netty "
                + state(loaders.get().netty()) + ", copies " + copies());
        end.countDown();
        ofServer.join(TimeUnit.SECONDS.toMillis(LONGEST_SECONDS));
        System.out.println(ofServer.isAlive() ? "the thread does not end" : "the thread has ended");
        System.exit(0); // A thread that hangs in BoringSSL would keep the JVM.
    }

    private static String state(WeakReference<ClassLoader> loader) {
        return loader.get() == null ? "collected" : "kept";
    }

    /** The JVM unloads a library some collections after its class loader. */
    private static void collect(Loaders loaders) throws IOException {
        for (int i = 0; i < COLLECTIONS && !loaders.collected(); i++) {
            System.gc();
        }
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (loaders.netty().get() == null && copies() > 0 && System.nanoTime() < limit) {
            System.gc();
        }
    }

    private static Loaders use(boolean shared) {
        Predicate<String> ofServer =
                path -> shared && Path.of(path).getFileName().toString().startsWith("netty");
        try (URLClassLoader netty = loader(ofServer, ClassLoader.getPlatformClassLoader());
                URLClassLoader application = loader(ofServer.negate(), netty)) {
            if (shared) {
                // From JDK 24 on, Netty keeps an exception, and in its stack trace the classes of the first
                // application.
                Class.forName("io.netty.util.internal.PlatformDependent", true, netty);
            }
            Runnable use = (Runnable) application
                    .loadClass(Use.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            use.run();
            return new Loaders(new WeakReference<>(application), new WeakReference<>(shared ? netty : application));
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static URLClassLoader loader(Predicate<String> paths, ClassLoader parent) {
        URL[] urls = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(paths)
                .map(EndedApplication::url)
                .toArray(URL[]::new);
        return new URLClassLoader(urls, parent);
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("waited for " + LONGEST_SECONDS + " seconds");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long copies() throws IOException {
        try (Stream<String> mappings = Files.lines(Path.of("/proc/self/maps"))) {
            return mappings.filter(line -> line.contains("netty_tcnative"))
                    .map(line -> line.substring(line.indexOf('/')))
                    .distinct()
                    .count();
        }
    }
}
