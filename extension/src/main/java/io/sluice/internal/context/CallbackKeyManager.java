package io.sluice.internal.context;

import io.sluice.context.SslContextException;
import io.sluice.context.callback.CertificateRequest;
import io.sluice.context.callback.ClientHello;
import io.sluice.context.callback.ClientHelloCallback;
import io.sluice.context.callback.KeyChoice;
import io.sluice.internal.context.ContextCallbacks.LazyCallback;
import io.sluice.internal.material.OrderedKeyManager;
import io.sluice.internal.settings.ContextName;
import java.lang.ref.WeakReference;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a configured context, with the callbacks that choose among them, if there are any. The alias of a key of another context
 * starts with that context's name. It also records why a client sends no certificate.
 */
final class CallbackKeyManager extends X509ExtendedKeyManager {

    private static final char OF_OTHER = '/';

    private final ContextName context;
    private final OrderedKeyManager own;
    private final ContextCallbacks callbacks;
    private final String howToAddKeys;
    private final ConnectionMap<Chosen> choices = new ConnectionMap<>();

    /**
     * The choice for one handshake. A connection may have several handshakes. The reference is weak, because a session may refer to
     * its connection.
     */
    private record Chosen(WeakReference<SSLSession> handshake, KeyChoice choice) {}

    CallbackKeyManager(ContextName context, OrderedKeyManager own, ContextCallbacks callbacks, String howToAddKeys) {
        this.context = context;
        this.own = own;
        this.callbacks = callbacks;
        this.howToAddKeys = howToAddKeys;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        SSLSession session = engine.getHandshakeSession();
        String alias = server(keyType, issuers, engine, session, engine.getPeerHost());
        if (alias == null) {
            own.refused(Optional.ofNullable(session)).ifPresent(why -> RefusedNames.refused(engine, why));
        }
        return alias;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
        SSLSession session = socket instanceof SSLSocket ssl ? ssl.getHandshakeSession() : null;
        return server(keyType, issuers, socket, session, session == null ? null : session.getPeerHost());
    }

    private @Nullable String server(
            String keyType,
            Principal @Nullable [] issuers,
            @Nullable Object connection,
            @Nullable SSLSession session,
            @Nullable String peer) {
        return callbacks
                .clientHello()
                .map(callback -> {
                    KeyChoice choice = once(callback, connection, session, peer);
                    return chosen(
                            choice,
                            callback,
                            List.of(keyType),
                            keys -> keys.serverAlias(keyType, issuers, Optional.ofNullable(session)));
                })
                .orElseGet(() -> Optional.ofNullable(own.serverAlias(keyType, issuers, Optional.ofNullable(session))))
                .orElse(null);
    }

    /** In one handshake, JSSE asks for one key type after the other. The bean is called only once. */
    private KeyChoice once(
            LazyCallback<ClientHelloCallback> callback,
            @Nullable Object connection,
            @Nullable SSLSession session,
            @Nullable String peer) {
        Optional<KeyChoice> known = connection == null || session == null
                ? Optional.empty()
                : choices.get(connection)
                        .filter(chosen -> chosen.handshake().refersTo(session))
                        .map(Chosen::choice);
        return known.orElseGet(() -> {
            KeyChoice choice = ask(callback, session, peer);
            if (connection != null && session != null) {
                choices.put(connection, new Chosen(new WeakReference<>(session), choice));
            }
            return choice;
        });
    }

    private KeyChoice ask(
            LazyCallback<ClientHelloCallback> callback, @Nullable SSLSession session, @Nullable String peer) {
        ClientHello hello = new ClientHello(
                context.value(),
                Optional.ofNullable(session).flatMap(OrderedKeyManager::requestedName),
                Optional.ofNullable(peer),
                own.names());
        return callback.call(bean -> bean.choose(hello));
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
        String alias = client(keyTypes, issuers, engine.getPeerHost());
        if (alias == null) {
            ClientCertificates.noneSent(engine, whyNone(keyTypes, issuers));
        }
        return alias;
    }

    private String whyNone(String[] keyTypes, Principal @Nullable [] issuers) {
        if (callbacks.certificateRequest().isPresent()) {
            return callbacks.certificateRequest().get().description() + " chose no key that the server accepts";
        }
        return own.hasKeys()
                ? own.whyNone(context.toString(), keyTypes, issuers)
                : context + " has no key. To send a certificate, " + howToAddKeys;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
        SSLSession session = socket instanceof SSLSocket ssl ? ssl.getHandshakeSession() : null;
        return client(keyTypes, issuers, session == null ? null : session.getPeerHost());
    }

    private @Nullable String client(String[] keyTypes, Principal @Nullable [] issuers, @Nullable String peer) {
        return callbacks
                .certificateRequest()
                .map(callback -> {
                    CertificateRequest request = new CertificateRequest(
                            context.value(),
                            Optional.ofNullable(peer),
                            List.of(keyTypes),
                            issuers == null ? List.of() : List.of(issuers),
                            own.names());
                    return chosen(
                            callback.call(bean -> bean.choose(request)),
                            callback,
                            request.keyTypes(),
                            keys -> keys.clientAlias(keyTypes, issuers));
                })
                .orElseGet(() -> Optional.ofNullable(own.clientAlias(keyTypes, issuers)))
                .orElse(null);
    }

    private interface Ordinarily {
        @Nullable
        String alias(OrderedKeyManager keys);
    }

    private Optional<String> chosen(
            KeyChoice choice, LazyCallback<?> callback, List<String> keyTypes, Ordinarily ordinarily) {
        if (choice instanceof KeyChoice.Alias alias) {
            requireKnown(alias.alias(), callback);
            return own.aliasOf(alias.alias(), keyTypes);
        }
        if (choice instanceof KeyChoice.OfContext other) {
            OrderedKeyManager keys = keysOf(other.name(), callback.description() + " chose ");
            return Optional.ofNullable(ordinarily.alias(keys)).map(alias -> other.name() + OF_OTHER + alias);
        }
        return choice instanceof KeyChoice.Ordinary ? Optional.ofNullable(ordinarily.alias(own)) : Optional.empty();
    }

    private void requireKnown(String alias, LazyCallback<?> callback) {
        if (!own.has(alias)) {
            throw new SslCallbackException(
                    callback.description() + " chose the alias '" + alias + "', which " + context + " does not have. "
                            + (own.names().isEmpty()
                                    ? "It has no keys"
                                    : "Choose one of " + String.join(", ", own.names())),
                    null);
        }
    }

    private OrderedKeyManager keysOf(String other, String who) {
        try {
            if (callbacks.contexts().apply(other) instanceof ReloadableContext named) {
                Optional<OrderedKeyManager> keys = named.load().keys();
                if (keys.isPresent()) {
                    return keys.get();
                }
            }
        } catch (SslContextException | IllegalArgumentException e) {
            throw new SslCallbackException(who + ContextName.quoted(other) + ": " + e.getMessage(), e);
        }
        throw new SslCallbackException(
                who + ContextName.quoted(other) + ", which has no configured keys. Choose a context that has keys",
                null);
    }

    private <T> @Nullable T of(String alias, Lookup<T> lookup) {
        int separator = alias.indexOf(OF_OTHER);
        return separator < 0
                ? lookup.in(own, alias)
                : lookup.in(
                        keysOf(alias.substring(0, separator), "the callback of " + context + " chose "),
                        alias.substring(separator + 1));
    }

    private interface Lookup<T> {
        @Nullable
        T in(OrderedKeyManager keys, String alias);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return of(alias, OrderedKeyManager::getCertificateChain);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return of(alias, OrderedKeyManager::getPrivateKey);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return own.getServerAliases(keyType, issuers);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return own.getClientAliases(keyType, issuers);
    }
}
