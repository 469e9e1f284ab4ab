package io.sluice.internal.context;

import io.sluice.context.NamedSslContext;
import io.sluice.context.callback.CertificateRequestCallback;
import io.sluice.context.callback.ClientHelloCallback;
import io.sluice.context.callback.PasswordCallback;
import io.sluice.context.callback.PasswordRequest;
import io.sluice.context.callback.VerifyCallback;
import io.sluice.internal.material.PasswordSource;
import io.sluice.internal.settings.ContextName;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The callbacks of one context.
 *
 * @param password gives passwords that are not configured
 * @param verify has the last word on a peer's certificate
 * @param clientHello chooses a server's key
 * @param certificateRequest chooses a client's key
 * @param contexts gives the other contexts by name, for those who choose a key of another
 */
public record ContextCallbacks(
        Optional<ContextCallback<PasswordCallback>> password,
        Optional<ContextCallback<VerifyCallback>> verify,
        Optional<ContextCallback<ClientHelloCallback>> clientHello,
        Optional<ContextCallback<CertificateRequestCallback>> certificateRequest,
        Function<String, NamedSslContext> contexts) {

    /** No callbacks. */
    public static final ContextCallbacks NONE =
            new ContextCallbacks(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), name -> {
                throw new IllegalArgumentException("there is no " + ContextName.quoted(name));
            });

    /**
     * Whether there is none.
     *
     * @return true if there is no callback of any kind
     */
    public boolean isEmpty() {
        return Stream.of(password, verify, clientHello, certificateRequest).allMatch(Optional::isEmpty);
    }

    /** Passwords for the material of a context. */
    PasswordSource passwords(ContextName context) {
        return password.<PasswordSource>map(callback -> new AskedPasswords(context, callback))
                .orElse(PasswordSource.NONE);
    }

    private record AskedPasswords(ContextName context, ContextCallback<PasswordCallback> callback)
            implements PasswordSource {

        @Override
        public Optional<char[]> password(String property, Optional<String> alias) {
            char[] answer = callback.ask(bean -> bean.password(new PasswordRequest(context.value(), property, alias)));
            return answer.length == 0 ? Optional.empty() : Optional.of(answer);
        }

        @Override
        public String description() {
            return callback.description();
        }
    }
}
