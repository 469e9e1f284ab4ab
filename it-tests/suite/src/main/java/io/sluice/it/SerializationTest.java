package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.SslContext;
import io.sluice.context.SslContextSpecifier;
import io.sluice.it.support.Application;
import io.sluice.it.support.Injectable;
import io.sluice.it.support.TwoContexts;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.StreamCreation;
import io.sluice.stream.StreamResult;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Injected objects survive passivation: they are serialised as names, and looked up in the container that runs then. */
class SerializationTest {

    private static final AtomicInteger SEEN = new AtomicInteger();

    private final TwoContexts contexts = new TwoContexts();

    @Dependent
    @SuppressWarnings("serial") // The injected objects are serialisable, although their types are not.
    static class Holder implements Serializable {
        private static final long serialVersionUID = 1L;

        @Inject
        @SslContext("web")
        SslContextSpecifier specifier;

        @Inject
        @SslContext(value = "web", errorp = true)
        SocketStreamCreator creator;

        @Inject
        @SslContext(value = "web", errorp = true)
        SocketStreamConnector connector;

        @Inject
        @SslContext("web")
        SocketStreamCreator quietCreator;
    }

    @SessionScoped
    static class Session extends Holder {
        private static final long serialVersionUID = 1L;
    }

    @Interceptor
    @StreamCreation
    @Priority(Interceptor.Priority.APPLICATION)
    static class Counting implements Serializable {
        private static final long serialVersionUID = 1L;

        @AroundInvoke
        Object count(InvocationContext call) throws Exception {
            SEEN.incrementAndGet();
            return call.proceed();
        }
    }

    @Decorator
    @SuppressWarnings("serial")
    @Priority(Interceptor.Priority.APPLICATION)
    public abstract static class Decorating implements SocketStreamCreator, Serializable {
        private static final long serialVersionUID = 1L;

        @Inject
        @Delegate
        @Any
        SocketStreamCreator delegate;

        @Override
        public <S extends SocketStream> StreamResult<S> create(Socket socket, Class<S> streamClass, Initarg... initargs)
                throws SocketStreamException {
            SEEN.incrementAndGet();
            return delegate.create(socket, streamClass, initargs);
        }
    }

    /** The ways to inject the creator and the connector. */
    enum Dress {
        BARE,
        INTERCEPTED(Counting.class),
        DECORATED(Decorating.class),
        BOTH(Counting.class, Decorating.class);

        private final Class<?>[] beans;

        Dress(Class<?>... beans) {
            this.beans = beans;
        }
    }

    private Application start(Dress dress) {
        return Application.configured()
                .with(contexts.properties())
                .beans(Holder.class)
                .beans(dress.beans)
                .start();
    }

    private static byte[] serialized(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    private static <T> T read(Class<T> type, byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return type.cast(in.readObject());
        }
    }

    private void assertWorks(Application application, Holder holder) throws Exception {
        SocketStreamCreator plain = application
                .container()
                .select(SocketStreamCreator.class, SslContext.Literal.of("none"))
                .get();
        assertThat(Injectable.SPECIFIER.identity(holder.specifier, contexts.peer(), plain))
                .isEqualTo("web");
        assertThat(Injectable.CREATOR.identity(holder.creator, contexts.peer(), plain))
                .isEqualTo("web");
        assertThat(Injectable.CONNECTOR.identity(holder.connector, contexts.peer(), plain))
                .isEqualTo("web");
    }

    @ParameterizedTest
    @EnumSource(names = {"BARE", "INTERCEPTED"})
    void readInTheSameContainerGivesWorkingOnes(Dress dress) throws Exception {
        try (Application application = start(dress)) {
            assertWorks(application, read(Holder.class, serialized(application.get(Holder.class))));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BARE", "INTERCEPTED"})
    void readInALaterContainerGivesWorkingOnes(Dress dress) throws Exception {
        byte[] bytes;
        try (Application application = start(dress)) {
            bytes = serialized(application.get(Holder.class));
        }
        try (Application application = start(dress)) {
            assertWorks(application, read(Holder.class, bytes));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BARE", "INTERCEPTED"})
    void readKeepsErrorp(Dress dress) throws Exception {
        try (Application application = start(dress)) {
            Holder read = read(Holder.class, serialized(application.get(Holder.class)));

            assertThatThrownBy(() -> read.creator.create(new Socket(), SocketStream.class))
                    .isInstanceOf(SocketStreamException.class);
            assertThatThrownBy(() -> read.connector.open("localhost", 1, SocketStream.class))
                    .isInstanceOf(SocketStreamException.class);
            assertThat(read.quietCreator
                            .create(new Socket(), SocketStream.class)
                            .isOpened())
                    .isFalse();
        }
    }

    @Test
    void readKeepsErrorpWhenWrittenAgain() throws Exception {
        try (Application application = start(Dress.INTERCEPTED)) {
            Holder once = read(Holder.class, serialized(application.get(Holder.class)));
            Holder twice = read(Holder.class, serialized(once));

            assertThatThrownBy(() -> twice.creator.create(new Socket(), SocketStream.class))
                    .isInstanceOf(SocketStreamException.class);
            assertThat(twice.quietCreator
                            .create(new Socket(), SocketStream.class)
                            .isOpened())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BARE", "INTERCEPTED"})
    void readGivesOnesThatAreInterceptedOnce(Dress dress) throws Exception {
        try (Application application = start(dress)) {
            Holder read = read(Holder.class, serialized(application.get(Holder.class)));

            assertSeesEachCreationOnce(dress, read);
        }
    }

    @ParameterizedTest
    @EnumSource
    void createIsInterceptedAndDecoratedOnce(Dress dress) throws Exception {
        try (Application application = start(dress)) {
            assertSeesEachCreationOnce(dress, application.get(Holder.class));
        }
    }

    /**
     * OpenWebBeans 4.0.3 does not serialise the methods of a decorator, so that any decorated bean fails when it is
     * deserialised.
     */
    @Tag("weld")
    @ParameterizedTest
    @EnumSource(names = {"DECORATED", "BOTH"})
    void readOfDecoratedOnesGivesWorkingOnes(Dress dress) throws Exception {
        try (Application application = start(dress)) {
            Holder read = read(Holder.class, serialized(application.get(Holder.class)));

            assertWorks(application, read);
            assertSeesEachCreationOnce(dress, read);
            assertThatThrownBy(() -> read.creator.create(new Socket(), SocketStream.class))
                    .isInstanceOf(SocketStreamException.class);
        }
    }

    private static void assertSeesEachCreationOnce(Dress dress, Holder holder) throws IOException {
        SEEN.set(0);
        holder.quietCreator.create(new Socket(), SocketStream.class);
        assertThat(SEEN).hasValue(dress.beans.length);
    }

    @Test
    void serializedFormIsSmall() throws Exception {
        try (Application application = start(Dress.INTERCEPTED)) {
            assertThat(serialized(application.get(Holder.class).creator)).hasSizeLessThan(2_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void deployWithASessionScopedHolderSucceeds(Dress dress) {
        try (Application application = Application.configured()
                .with(contexts.properties())
                .beans(Session.class)
                .beans(dress.beans)
                .start()) {
            Bean<?> bean = application.container().getBeanManager().getBeans(Session.class).stream()
                    .findFirst()
                    .orElseThrow();
            assertThat(bean.getScope()).isEqualTo(SessionScoped.class);
        }
    }
}
