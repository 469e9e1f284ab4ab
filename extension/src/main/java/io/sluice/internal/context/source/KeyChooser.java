package io.sluice.internal.context.source;

import io.sluice.context.ContextSnapshot;
import io.sluice.context.SslContextException;
import io.sluice.context.callback.CertificateRequest;
import io.sluice.context.callback.ClientHello;
import io.sluice.context.callback.ClientHelloCallback;
import io.sluice.context.callback.KeyChoice;
import io.sluice.internal.context.ReloadableContext;
import io.sluice.internal.context.handshake.ConnectionMap;
import io.sluice.internal.context.handshake.ContextCallbacks;
import io.sluice.internal.context.handshake.ContextCallbacks.LazyCallback;
import io.sluice.internal.context.handshake.SslCallbackException;
import io.sluice.internal.material.Material;
import io.sluice.internal.material.OrderedKeyManager;
import io.sluice.internal.settings.ContextName;
import java.lang.ref.WeakReference;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a key for each handshake of one load of a configured context: by the callbacks that choose, if there are any, or else by the order of
 * the keys. Thread-safe.
 */
final class KeyChooser {

    private final ContextName context;
    private final OrderedKeyManager own;
    private final OrderedKeyManager ofClients;
    private final ContextCallbacks callbacks;
    private final String whyNoClientKey;
    private final ConnectionMap<Chosen> choices = new ConnectionMap<>();

    /**
     * The choice for one handshake. A connection may have several handshakes. The reference is weak, because a session may refer to
     * its connection.
     */
    private record Chosen(WeakReference<SSLSession> handshake, KeyChoice choice) {}

    /**
     * A chosen key.
     *
     * @param keys the keys that it is one of, which may be those of another context
     * @param alias its alias among them
     */
    record ChosenKey(OrderedKeyManager keys, String alias) {}

    KeyChooser(ContextName context, Material material, ContextCallbacks callbacks, String whyNoClientKey) {
        this.context = context;
        this.own = material.keys();
        this.ofClients = material.clientKeys();
        this.callbacks = callbacks;
        this.whyNoClientKey = whyNoClientKey;
    }

    /** The context's own keys for servers. */
    OrderedKeyManager own() {
        return own;
    }

    /** The context's own keys for clients. */
    OrderedKeyManager ofClients() {
        return ofClients;
    }

    /** The key to show to a client; empty if none fits. */
    Optional<ChosenKey> server(
            String keyType,
            Principal @Nullable [] issuers,
            @Nullable Object connection,
            @Nullable SSLSession session,
            @Nullable String peer) {
        Side side = new Side(
                own, ContextSnapshot::keys, keys -> keys.serverAlias(keyType, issuers, Optional.ofNullable(session)));
        return callbacks
                .clientHello()
                .map(callback -> chosen(once(callback, connection, session, peer), callback, List.of(keyType), side))
                .orElseGet(() -> side.ordinary(own));
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

    /** Explains why no key suits a server, if {@link #client} is empty. */
    String whyNone(String[] keyTypes, Principal @Nullable [] issuers) {
        if (callbacks.certificateRequest().isPresent()) {
            return callbacks.certificateRequest().get().description() + " chose no key that the server accepts";
        }
        return ofClients.hasKeys() ? ofClients.whyNone(context.toString(), keyTypes, issuers) : whyNoClientKey;
    }

    /** The key to show to a server; empty if none fits. */
    Optional<ChosenKey> client(String[] keyTypes, Principal @Nullable [] issuers, @Nullable String peer) {
        Side side = new Side(ofClients, ContextSnapshot::clientKeys, keys -> keys.clientAlias(keyTypes, issuers));
        return callbacks
                .certificateRequest()
                .map(callback -> {
                    CertificateRequest request = new CertificateRequest(
                            context.value(),
                            Optional.ofNullable(peer),
                            List.of(keyTypes),
                            issuers == null ? List.of() : List.of(issuers),
                            ofClients.names());
                    return chosen(callback.call(bean -> bean.choose(request)), callback, request.keyTypes(), side);
                })
                .orElseGet(() -> side.ordinary(ofClients));
    }

    private interface Ordinarily {
        @Nullable
        String alias(OrderedKeyManager keys);
    }

    /** A side of the handshake: the context's keys for it, those of another context, and the choice without a callback. */
    private record Side(
            OrderedKeyManager own,
            Function<ContextSnapshot, Optional<OrderedKeyManager>> ofOther,
            Ordinarily ordinarily) {

        Optional<ChosenKey> ordinary(OrderedKeyManager keys) {
            return Optional.ofNullable(ordinarily.alias(keys)).map(alias -> new ChosenKey(keys, alias));
        }
    }

    private Optional<ChosenKey> chosen(KeyChoice choice, LazyCallback<?> callback, List<String> keyTypes, Side side) {
        if (choice instanceof KeyChoice.Alias alias) {
            requireKnown(side.own(), alias.alias(), callback);
            return side.own().aliasOf(alias.alias(), keyTypes).map(known -> new ChosenKey(side.own(), known));
        }
        if (choice instanceof KeyChoice.OfContext other) {
            return side.ordinary(keysOf(other.name(), side, callback.description() + " chose "));
        }
        return choice instanceof KeyChoice.Ordinary ? side.ordinary(side.own()) : Optional.empty();
    }

    private void requireKnown(OrderedKeyManager keys, String alias, LazyCallback<?> callback) {
        if (!keys.has(alias)) {
            throw new SslCallbackException(
                    callback.description() + " chose the alias '" + alias + "', which " + context + " does not have. "
                            + (keys.names().isEmpty()
                                    ? "It has no keys"
                                    : "Choose one of " + String.join(", ", keys.names())),
                    null);
        }
    }

    private OrderedKeyManager keysOf(String other, Side side, String who) {
        try {
            if (callbacks.contexts().apply(other) instanceof ReloadableContext named) {
                Optional<OrderedKeyManager> keys = side.ofOther().apply(named.load());
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
}
