package io.sluice.internal.material;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.StoreSettings;
import io.sluice.testing.TestCertificate;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.Key;
import java.security.KeyStoreSpi;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Security;
import java.security.SignatureSpi;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Date;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A security provider that fails with its own messages, like a token that is removed: the problem names the store. */
@Isolated
class FailingTokenTest {

    private static final TestCertificate CERTIFICATE = TestCertificate.ec("token");
    private static final Setting TYPE = Setting.of("web.key-store.other.type", "the test", "TOKEN");
    private static Step failing;
    private static boolean linkage;

    private enum Step {
        LOAD("the TOKEN store 'TOKEN' cannot be read (LOAD failed)"),
        LIST("the TOKEN store 'TOKEN' cannot be read (LIST failed)"),
        KEY("the key 'web' of the store 'TOKEN' cannot be read (KEY failed)"),
        SIGN("the key of the certificate 'CN=token' in 'TOKEN' cannot be used (SIGN failed)");

        final String fault;

        Step(String fault) {
            this.fault = fault;
        }

        void reached() {
            if (failing == this) {
                throw linkage
                        ? sneaky(new UnsatisfiedLinkError(this + " failed"))
                        : new ProviderException(this + " failed");
            }
        }

        private static RuntimeException sneaky(Error error) {
            throw error;
        }
    }

    private static final class Token extends Provider {
        private static final long serialVersionUID = 1L;

        Token() {
            super("Token", "1", "a token of the test");
            put("KeyStore.TOKEN", Store.class.getName());
            put("Signature.SHA256withECDSA", Signing.class.getName());
            put("Signature.SHA256withECDSA SupportedKeyClasses", TokenKey.class.getName());
        }
    }

    /** A key that cannot be exported from its token. */
    private static final class TokenKey implements PrivateKey {
        private static final long serialVersionUID = 1L;

        @Override
        public String getAlgorithm() {
            return "EC";
        }

        @Override
        public String getFormat() {
            return null;
        }

        @Override
        public byte[] getEncoded() {
            return null;
        }
    }

    public static final class Signing extends SignatureSpi {
        @Override
        protected void engineInitVerify(PublicKey key) {}

        @Override
        protected void engineInitSign(PrivateKey key) {}

        @Override
        protected void engineUpdate(byte b) {}

        @Override
        protected void engineUpdate(byte[] b, int off, int len) {}

        @Override
        protected byte[] engineSign() {
            Step.SIGN.reached();
            return new byte[0];
        }

        @Override
        protected boolean engineVerify(byte[] signature) {
            return true;
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {}

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            return null;
        }
    }

    public static final class Store extends KeyStoreSpi {
        @Override
        public void engineLoad(InputStream in, char[] password) {
            Step.LOAD.reached();
        }

        @Override
        public Enumeration<String> engineAliases() {
            Step.LIST.reached();
            return Collections.enumeration(List.of("web"));
        }

        @Override
        public boolean engineIsKeyEntry(String alias) {
            return true;
        }

        @Override
        public Key engineGetKey(String alias, char[] password) {
            Step.KEY.reached();
            return new TokenKey();
        }

        @Override
        public Certificate[] engineGetCertificateChain(String alias) {
            return new Certificate[] {CERTIFICATE.certificate()};
        }

        @Override
        public Certificate engineGetCertificate(String alias) {
            return CERTIFICATE.certificate();
        }

        @Override
        public Date engineGetCreationDate(String alias) {
            return new Date();
        }

        @Override
        public void engineSetKeyEntry(String alias, Key key, char[] password, Certificate[] chain) {}

        @Override
        public void engineSetKeyEntry(String alias, byte[] key, Certificate[] chain) {}

        @Override
        public void engineSetCertificateEntry(String alias, Certificate certificate) {}

        @Override
        public void engineDeleteEntry(String alias) {}

        @Override
        public boolean engineContainsAlias(String alias) {
            return true;
        }

        @Override
        public int engineSize() {
            return 1;
        }

        @Override
        public boolean engineIsCertificateEntry(String alias) {
            return false;
        }

        @Override
        public String engineGetCertificateAlias(Certificate certificate) {
            return "web";
        }

        @Override
        public void engineStore(OutputStream out, char[] password) {}
    }

    @BeforeEach
    void plugIn() {
        Security.insertProviderAt(new Token(), 1);
    }

    @AfterEach
    void pullOut() {
        Security.removeProvider("Token");
        failing = null;
        linkage = false;
    }

    @ParameterizedTest
    @EnumSource
    void problemNamesTheStore(Step step) {
        assertThatProblemNamesTheStore(step, step.fault);
    }

    @ParameterizedTest
    @EnumSource
    void errorOfANativeLibraryIsAProblem(Step step) {
        linkage = true;
        assertThatProblemNamesTheStore(step, step.fault.replace("(", "(java.lang.UnsatisfiedLinkError: "));
    }

    private static void assertThatProblemNamesTheStore(Step step, String fault) {
        failing = step;
        Problems problems = new Problems();
        StoreSettings settings = new StoreSettings(
                "web.key-store.other",
                TYPE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        StoreReader.keys(settings, new MaterialReading(PasswordSource.NONE, problems));

        assertThat(problems.errors())
                .extracting(Problem::message)
                .containsExactly("web.key-store.other.type (from the test): " + fault
                        + ". Check the security provider or the token that holds "
                        + (step == Step.LOAD || step == Step.LIST ? "it." : "the key."));
    }
}
