package io.sluice.it.support;

import io.sluice.context.SslContext;
import io.sluice.context.SslContextSpecifier;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.SocketStreamCreator;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;

/** Beans that inject every type of both contexts, one bean for each kind of injection point. */
public interface InjectionPoints {

    /** Returns what was injected for a context, in the order of {@link Injectable}. */
    List<Object> of(String name);

    @Dependent
    class Fields implements InjectionPoints {

        @Inject
        @SslContext("web")
        private SslContextSpecifier webSpecifier;

        @Inject
        @SslContext("web")
        private SocketStreamCreator webCreator;

        @Inject
        @SslContext("web")
        private SocketStreamConnector webConnector;

        @Inject
        @SslContext("web")
        private SSLContext webContext;

        @Inject
        @SslContext("web")
        private SSLSocketFactory webSockets;

        @Inject
        @SslContext("web")
        private SSLServerSocketFactory webServerSockets;

        @Inject
        @SslContext("web")
        private SSLParameters webParameters;

        @Inject
        @SslContext("queue")
        private SslContextSpecifier queueSpecifier;

        @Inject
        @SslContext("queue")
        private SocketStreamCreator queueCreator;

        @Inject
        @SslContext("queue")
        private SocketStreamConnector queueConnector;

        @Inject
        @SslContext("queue")
        private SSLContext queueContext;

        @Inject
        @SslContext("queue")
        private SSLSocketFactory queueSockets;

        @Inject
        @SslContext("queue")
        private SSLServerSocketFactory queueServerSockets;

        @Inject
        @SslContext("queue")
        private SSLParameters queueParameters;

        @Override
        public List<Object> of(String name) {
            return name.equals("web")
                    ? List.of(
                            webSpecifier,
                            webCreator,
                            webConnector,
                            webContext,
                            webSockets,
                            webServerSockets,
                            webParameters)
                    : List.of(
                            queueSpecifier,
                            queueCreator,
                            queueConnector,
                            queueContext,
                            queueSockets,
                            queueServerSockets,
                            queueParameters);
        }
    }

    @Dependent
    class ConstructorParameters implements InjectionPoints {

        private final Map<String, List<Object>> injected;

        @Inject
        ConstructorParameters(
                @SslContext("web") SslContextSpecifier webSpecifier,
                @SslContext("web") SocketStreamCreator webCreator,
                @SslContext("web") SocketStreamConnector webConnector,
                @SslContext("web") SSLContext webContext,
                @SslContext("web") SSLSocketFactory webSockets,
                @SslContext("web") SSLServerSocketFactory webServerSockets,
                @SslContext("web") SSLParameters webParameters,
                @SslContext("queue") SslContextSpecifier queueSpecifier,
                @SslContext("queue") SocketStreamCreator queueCreator,
                @SslContext("queue") SocketStreamConnector queueConnector,
                @SslContext("queue") SSLContext queueContext,
                @SslContext("queue") SSLSocketFactory queueSockets,
                @SslContext("queue") SSLServerSocketFactory queueServerSockets,
                @SslContext("queue") SSLParameters queueParameters) {
            injected = Map.of(
                    "web",
                    List.of(
                            webSpecifier,
                            webCreator,
                            webConnector,
                            webContext,
                            webSockets,
                            webServerSockets,
                            webParameters),
                    "queue",
                    List.of(
                            queueSpecifier,
                            queueCreator,
                            queueConnector,
                            queueContext,
                            queueSockets,
                            queueServerSockets,
                            queueParameters));
        }

        @Override
        public List<Object> of(String name) {
            return injected.get(name);
        }
    }

    @Dependent
    class InitializerParameters implements InjectionPoints {

        private final Map<String, List<Object>> injected = new HashMap<>();

        @Inject
        void web(
                @SslContext("web") SslContextSpecifier specifier,
                @SslContext("web") SocketStreamCreator creator,
                @SslContext("web") SocketStreamConnector connector,
                @SslContext("web") SSLContext context,
                @SslContext("web") SSLSocketFactory sockets,
                @SslContext("web") SSLServerSocketFactory serverSockets,
                @SslContext("web") SSLParameters parameters) {
            injected.put("web", List.of(specifier, creator, connector, context, sockets, serverSockets, parameters));
        }

        @Inject
        void queue(
                @SslContext("queue") SslContextSpecifier specifier,
                @SslContext("queue") SocketStreamCreator creator,
                @SslContext("queue") SocketStreamConnector connector,
                @SslContext("queue") SSLContext context,
                @SslContext("queue") SSLSocketFactory sockets,
                @SslContext("queue") SSLServerSocketFactory serverSockets,
                @SslContext("queue") SSLParameters parameters) {
            injected.put("queue", List.of(specifier, creator, connector, context, sockets, serverSockets, parameters));
        }

        @Override
        public List<Object> of(String name) {
            return injected.get(name);
        }
    }

    @Dependent
    class Providers implements InjectionPoints {

        private final Map<String, List<Provider<?>>> injected = new HashMap<>();

        @Inject
        void web(
                @SslContext("web") Provider<SslContextSpecifier> specifier,
                @SslContext("web") Provider<SocketStreamCreator> creator,
                @SslContext("web") Provider<SocketStreamConnector> connector,
                @SslContext("web") Provider<SSLContext> context,
                @SslContext("web") Provider<SSLSocketFactory> sockets,
                @SslContext("web") Provider<SSLServerSocketFactory> serverSockets,
                @SslContext("web") Provider<SSLParameters> parameters) {
            injected.put("web", List.of(specifier, creator, connector, context, sockets, serverSockets, parameters));
        }

        @Inject
        void queue(
                @SslContext("queue") Provider<SslContextSpecifier> specifier,
                @SslContext("queue") Provider<SocketStreamCreator> creator,
                @SslContext("queue") Provider<SocketStreamConnector> connector,
                @SslContext("queue") Provider<SSLContext> context,
                @SslContext("queue") Provider<SSLSocketFactory> sockets,
                @SslContext("queue") Provider<SSLServerSocketFactory> serverSockets,
                @SslContext("queue") Provider<SSLParameters> parameters) {
            injected.put("queue", List.of(specifier, creator, connector, context, sockets, serverSockets, parameters));
        }

        @Override
        public List<Object> of(String name) {
            return injected.get(name).stream().<Object>map(Provider::get).toList();
        }
    }
}
