package io.sluice.internal.context.handshake;

import io.sluice.context.KeyMaterialSource;
import io.sluice.context.NamedSslContext;
import io.sluice.context.TrustMaterialSource;
import io.sluice.context.callback.CertificateRequestCallback;
import io.sluice.context.callback.ClientHelloCallback;
import io.sluice.context.callback.PasswordCallback;
import io.sluice.context.callback.PasswordRequest;
import io.sluice.context.callback.VerifyCallback;
import io.sluice.internal.material.PasswordSource;
import io.sluice.internal.settings.ContextName;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The callbacks of one context.
 *
 * @param password supplies passwords that are not configured
 * @param verify makes the final decision about a peer's certificate
 * @param clientHello chooses a server's key
 * @param certificateRequest chooses a client's key
 * @param keySource supplies keys in place of a key store
 * @param trustSource supplies trust in place of a trust store
 * @param contexts finds other contexts by name, for callbacks that choose their keys
 */
public record ContextCallbacks(
        Optional<LazyCallback<PasswordCallback>> password,
        Optional<LazyCallback<VerifyCallback>> verify,
        Optional<LazyCallback<ClientHelloCallback>> clientHello,
        Optional<LazyCallback<CertificateRequestCallback>> certificateRequest,
        Optional<LazyCallback<KeyMaterialSource>> keySource,
        Optional<LazyCallback<TrustMaterialSource>> trustSource,
        Function<String, NamedSslContext> contexts) {

    /** No callbacks. */
    public static final ContextCallbacks NONE =
            new ContextCallbacks(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), name -> {
                throw new IllegalArgumentException("there is no " + ContextName.quoted(name));
            });

    /**
     * The callbacks of a context whose keys and trust are configured.
     *
     * @param password supplies passwords that are not configured
     * @param verify makes the final decision about a peer's certificate
     * @param clientHello chooses a server's key
     * @param certificateRequest chooses a client's key
     * @param contexts finds other contexts by name, for callbacks that choose their keys
     */
    public ContextCallbacks(
            Optional<LazyCallback<PasswordCallback>> password,
            Optional<LazyCallback<VerifyCallback>> verify,
            Optional<LazyCallback<ClientHelloCallback>> clientHello,
            Optional<LazyCallback<CertificateRequestCallback>> certificateRequest,
            Function<String, NamedSslContext> contexts) {
        this(password, verify, clientHello, certificateRequest, Optional.empty(), Optional.empty(), contexts);
    }

    /**
     * Tests whether there are no callbacks.
     *
     * @return true if there is no callback of any kind
     */
    public boolean isEmpty() {
        return Stream.of(password, verify, clientHello, certificateRequest, keySource, trustSource)
                .allMatch(Optional::isEmpty);
    }

    /**
     * Tests whether a bean supplies keys or trust.
     *
     * @return true if the context exists even if nothing of it is configured
     */
    public boolean supplyMaterial() {
        return keySource.isPresent() || trustSource.isPresent();
    }

    /**
     * The source of the passwords for a context's material.
     *
     * @param context the context
     * @return asks the password callback, if there is one
     */
    public PasswordSource passwords(ContextName context) {
        return password.<PasswordSource>map(callback -> new AskedPasswords(context, callback))
                .orElse(PasswordSource.NONE);
    }

    private record AskedPasswords(ContextName context, LazyCallback<PasswordCallback> callback)
            implements PasswordSource {

        @Override
        public Optional<char[]> password(String property, Optional<String> alias) {
            char[] answer = callback.call(bean -> bean.password(new PasswordRequest(context.value(), property, alias)));
            return answer.length == 0 ? Optional.empty() : Optional.of(answer);
        }

        @Override
        public String description() {
            return callback.description();
        }
    }

    /**
     * A callback of a context, looked up at its first use. Thread-safe.
     *
     * @param <C> the kind of callback
     */
    public static final class LazyCallback<C> {

        private final Supplier<String> description;
        private final Supplier<C> lookup;
        private final ReentrantLock looking = new ReentrantLock();
        private volatile @Nullable C found;

        /**
         * A callback that has not been looked up.
         *
         * @param description describes the bean in the words of a message
         * @param lookup finds the bean; called at the first use, and again only if it throws
         */
        public LazyCallback(Supplier<String> description, Supplier<C> lookup) {
            this.description = description;
            this.lookup = lookup;
        }

        /**
         * The bean in the words of a message.
         *
         * @return the words
         */
        public String description() {
            return description.get();
        }

        /**
         * Calls the bean. An unchecked exception becomes one that names the bean.
         *
         * @param call the call
         * @param <R> what the bean returns
         * @return what the bean returned
         */
        public <R> R call(Function<C, @Nullable R> call) {
            R answer;
            try {
                answer = call.apply(bean());
            } catch (RuntimeException e) {
                throw new SslCallbackException(description() + " failed: " + words(e), e);
            }
            if (answer == null) {
                throw new SslCallbackException(description() + " returned null. Return a value instead", null);
            }
            return answer;
        }

        /**
         * The bean, which is looked up at the first call.
         *
         * @return the bean
         */
        public C bean() {
            C known = found;
            return known != null ? known : lookUp();
        }

        private C lookUp() {
            looking.lock();
            try {
                C known = found;
                if (known == null) {
                    known = Objects.requireNonNull(lookup.get());
                    found = known;
                }
                return known;
            } finally {
                looking.unlock();
            }
        }

        static String words(Throwable thrown) {
            return thrown.getMessage() == null ? thrown.getClass().getName() : thrown.getMessage();
        }

        @Override
        public String toString() {
            return description();
        }
    }
}
