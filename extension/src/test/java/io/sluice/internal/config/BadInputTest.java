package io.sluice.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContextException;
import io.sluice.internal.context.LoadAttempt;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.KeyAlgorithm;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestCertificate;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.EncryptedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of invalid input has its own message, which names the property and its source, the fault and the remedy. */
class BadInputTest {

    private static final String SECRET = "s3cret-Pa55word";
    private static final String P = "sluice.ssl.web.";
    private static final String FROM = " (from " + TestConfig.SOURCE + "): ";
    private static final String UNSET = " (not set): ";

    @TempDir
    static Path directory;

    /** A configuration and its complete messages. An {@code @} in a value or message stands for the directory of the files. */
    record Bad(String what, Map<String, String> properties, List<String> messages) {
        static Bad input(String what, String... namesAndValues) {
            Map<String, String> properties = new HashMap<>();
            for (int i = 0; i < namesAndValues.length; i += 2) {
                properties.put(P + namesAndValues[i], namesAndValues[i + 1].replace("@", directory.toString()));
            }
            return new Bad(what, properties, List.of());
        }

        Bad says(String... expected) {
            return new Bad(
                    what,
                    properties,
                    Arrays.stream(expected)
                            .map(message -> message.replace("@", directory.toString()))
                            .toList());
        }

        @Override
        public String toString() {
            return what;
        }
    }

    @BeforeAll
    static void writeFiles() throws IOException {
        TestAuthority authority = TestAuthority.create("authority");
        TestChain good = authority.issue("localhost");
        good.write(directory, "good");
        authority.issue("localhost").write(directory, "other");
        authority
                .issue(CertificateProfile.of("localhost").keyAlgorithm(KeyAlgorithm.RSA_1024))
                .write(directory, "short");
        Files.writeString(
                directory.resolve("mixed.crt"), authority.pem() + good.leaf().certificatePem());
        Files.writeString(directory.resolve("text.txt"), "hello");
        Files.createFile(directory.resolve("empty.txt"));
        Files.createDirectory(directory.resolve("folder"));
        Files.writeString(
                directory.resolve("cut.crt"),
                good.pem().substring(0, good.leaf().certificatePem().length() / 2));
        Files.writeString(
                directory.resolve("cut.key"),
                good.keyPem().substring(0, good.keyPem().length() / 2));
        Files.writeString(
                directory.resolve("garbled.key"),
                "-----BEGIN PRIVATE KEY-----\nAAAAAAAAAAAAAAAA\n-----END PRIVATE KEY-----\n");
        Files.writeString(
                directory.resolve("garbled.crt"),
                "-----BEGIN CERTIFICATE-----\nAAAAAAAAAAAAAAAA\n-----END CERTIFICATE-----\n");
        Files.writeString(
                directory.resolve("encrypted.key"),
                EncryptedKeys.pkcs8(good.leaf().key(), SECRET));
        Files.writeString(
                directory.resolve("unknown-pkcs8.key"),
                unknownCipher(EncryptedKeys.pkcs8(good.leaf().key(), SECRET)));
        Files.writeString(directory.resolve("unknown.key"), """
                -----BEGIN RSA PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED
                DEK-Info: SOMETHING-128-CBC,000102030405060708090A0B0C0D0E0F

                AAAAAAAAAAAAAAAAAAAAAA==
                -----END RSA PRIVATE KEY-----
                """);
        String chain = good.pem().strip();
        Files.writeString(directory.resolve("cut-chain.crt"), chain.substring(0, chain.length() - 200));
        Files.writeString(directory.resolve("cut-line.crt"), chain.substring(0, chain.length() - 1));
        stores(good);
    }

    /** Turns AES-256-CBC (2.16.840.1.101.3.4.1.42) into an algorithm without a name. */
    private static String unknownCipher(String pem) {
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]+-----", ""));
        byte[] aes = {0x60, (byte) 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2a};
        for (int i = 0; i + aes.length <= der.length; i++) {
            if (Arrays.equals(der, i, i + aes.length, aes, 0, aes.length)) {
                der[i + aes.length - 1] = 0x7f;
            }
        }
        return "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(der) + "\n-----END ENCRYPTED PRIVATE KEY-----\n";
    }

    private static void stores(TestChain good) throws IOException {
        for (String type : List.of("p12", "jks")) {
            String name = type.equals("p12") ? "PKCS12" : "JKS";
            Path file = directory.resolve("good." + type);
            TestChain.writeKeyStore(good.keyStore(name, "web", SECRET), SECRET, file);
            byte[] bytes = Files.readAllBytes(file);
            Files.write(directory.resolve("cut." + type), Arrays.copyOf(bytes, bytes.length - 40));
            TestChain.writeKeyStore(emptyStore(name), SECRET, directory.resolve("empty." + type));
        }
        TestChain.writeKeyStore(
                good.keyStore("JKS", "web", "another-one"), SECRET, directory.resolve("two-passwords.jks"));
    }

    private static KeyStore emptyStore(String type) {
        try {
            KeyStore store = KeyStore.getInstance(type);
            store.load(null, null);
            return store;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Bad> pem() {
        String cert = P + "key-store.pem.0.cert";
        String key = P + "key-store.pem.0.key";
        return Stream.of(
                pair("a certificate file that is missing", "@/none.crt", "@/good.key")
                        .says(cert + FROM
                                + "the file '@/none.crt' does not exist. Create the file, or correct the path."),
                pair("a key file that is missing", "@/good.crt", "file:@/none.key")
                        .says(key + FROM
                                + "the file '@/none.key' does not exist. Create the file, or correct the path."),
                pair("a directory", "@/folder", "@/good.key")
                        .says(cert + FROM + "'@/folder' is a directory. Name a file in it."),
                pair("an empty file", "@/empty.txt", "@/good.key")
                        .says(cert + FROM + "'@/empty.txt' is empty. Name a file with content."),
                pair("a resource that is missing", "classpath:none.crt", "@/good.key")
                        .says(cert + FROM + "there is no resource 'none.crt' on the class path."
                                + " Add the resource to the application, or correct the name."),
                pair("base64 that is none", "base64:x", "@/good.key")
                        .says(cert + FROM + "the text after base64: is not base64."
                                + " Supply the material as base64 (RFC 4648)."),
                pair("base64 of nothing", "base64:", "@/good.key")
                        .says(cert + FROM + "the text after base64: is empty."
                                + " Supply the material as base64 (RFC 4648)."),
                pair("a text file", "@/text.txt", "@/text.txt")
                        .says(
                                cert + FROM + "'@/text.txt' holds a certificate that cannot be read."
                                        + " Supply X.509 certificates as PEM: -----BEGIN CERTIFICATE-----.",
                                key + FROM
                                        + "'@/text.txt' holds no private key. Name the PEM file of the private key."),
                pair("files the wrong way round", "@/good.key", "@/good.crt")
                        .says(
                                cert + FROM + "'@/good.key' holds no certificate, but PRIVATE KEY."
                                        + " Name the PEM file of the certificate chain.",
                                key + FROM + "'@/good.crt' holds no private key, but CERTIFICATE."
                                        + " Name the PEM file of the private key."),
                pair("truncated files", "@/cut.crt", "@/cut.key")
                        .says(
                                cert + FROM + "'@/cut.crt' ends within a PEM block: it is truncated."
                                        + " Copy the whole file again.",
                                key + FROM + "'@/cut.key' ends within a PEM block: it is truncated."
                                        + " Copy the whole file again."),
                pair("a chain that is cut within its last certificate", "@/cut-chain.crt", "@/good.key")
                        .says(cert + FROM + "'@/cut-chain.crt' ends within a PEM block: it is truncated."
                                + " Copy the whole file again."),
                pair("a chain that is cut within its last line", "@/cut-line.crt", "@/good.key")
                        .says(cert + FROM + "'@/cut-line.crt' ends within a PEM block: it is truncated."
                                + " Copy the whole file again."),
                pair(
                                "a key of an encryption that nobody knows",
                                "@/good.crt",
                                "@/unknown-pkcs8.key",
                                "password",
                                SECRET)
                        .says(key + FROM + "the key is encrypted with an algorithm that is not supported."
                                + " Encrypt it again, with openssl pkcs8 -topk8 -v2 aes-256-cbc."),
                pair("a traditional key of such one", "@/good.crt", "@/unknown.key", "password", SECRET)
                        .says(key + FROM + "the key is encrypted with an algorithm that is not supported."
                                + " Encrypt it again, with openssl pkcs8 -topk8 -v2 aes-256-cbc."),
                pair("damaged files", "@/garbled.crt", "@/garbled.key")
                        .says(
                                cert + FROM + "'@/garbled.crt' holds a certificate that cannot be read."
                                        + " Supply X.509 certificates as PEM: -----BEGIN CERTIFICATE-----.",
                                key + FROM + "'@/garbled.key' holds a private key that cannot be read."
                                        + " Supply a PKCS#8, PKCS#1 or SEC1 key in the form that openssl writes."),
                pair("a key that is not the certificate's", "@/good.crt", "@/other.key")
                        .says(key + FROM + "the key does not match the certificate 'CN=localhost'."
                                + " Name the key that the certificate was issued for."),
                pair("a chain whose own certificate does not come first", "@/mixed.crt", "@/good.key")
                        .says(key + FROM + "the key does not match the certificate 'CN=authority', which comes first,"
                                + " but the one in position 2."
                                + " Put the key's own certificate first, then the one that issued it, and so on."),
                pair("a short RSA key", "@/short.crt", "@/short.key")
                        .says(cert + FROM + "the RSA key of 'CN=localhost' has 1024 bits, which is too weak."
                                + " Use an RSA key of 2048 bits or more, or an EC key."),
                pair("an encrypted key without a password", "@/good.crt", "@/encrypted.key")
                        .says(P + "key-store.pem.0.password" + UNSET + "the key that " + key
                                + " names is encrypted. Set its password."),
                pair("an encrypted key with an empty password", "@/good.crt", "@/encrypted.key", "password", "")
                        .says(P + "key-store.pem.0.password" + FROM + "the password is empty, and the key that " + key
                                + " names is encrypted. Set its password."),
                pair(
                                "an encrypted key with a wrong password",
                                "@/good.crt",
                                "@/encrypted.key",
                                "password",
                                "wrong-Pa55word")
                        .says(P + "key-store.pem.0.password" + FROM + "the password does not open the key that " + key
                                + " names. Correct the password."),
                Bad.input("a certificate without a key", "key-store.pem.0.cert", "@/good.crt")
                        .says(key + UNSET + "the certificate has no key."
                                + " Set the property to a PEM file or to the PEM text itself."),
                Bad.input("a key without a certificate", "key-store.pem.0.key", "@/good.key")
                        .says(cert + UNSET + "the key has no certificate."
                                + " Set the property to a PEM file or to the PEM text itself."),
                pair("a pair that is not in the order", "@/good.crt", "@/good.key", "order", "1")
                        .says(
                                P + "key-store.pem.order" + FROM + "there is no pair '1' (did you mean 0?)."
                                        + " List only pairs that sluice.ssl.web.key-store.pem.<n> configures.",
                                P + "key-store.pem.order" + FROM
                                        + "the pair '0' is not in the order. List every pair."));
    }

    /** A pair. Further names are beside the pair (order) or in it (password). */
    private static Bad pair(String what, String cert, String key, String... more) {
        List<String> all = new ArrayList<>(List.of("key-store.pem.0.cert", cert, "key-store.pem.0.key", key));
        for (int i = 0; i < more.length; i += 2) {
            all.add("key-store.pem." + (more[i].equals("order") ? "" : "0.") + more[i]);
            all.add(more[i + 1]);
        }
        return Bad.input(what, all.toArray(String[]::new));
    }

    static Stream<Bad> stores() {
        List<Bad> all = new ArrayList<>();
        for (String kind : List.of("p12", "jks")) {
            String prefix = "key-store." + kind;
            String type = kind.equals("p12") ? "PKCS12" : "JKS";
            all.add(store(kind + " that is missing", prefix, "@/none." + kind, SECRET)
                    .says(P + prefix + ".path" + FROM + "the file '@/none." + kind
                            + "' does not exist. Create the file, or correct the path."));
            all.add(store(kind + " with a wrong password", prefix, "@/good." + kind, "wrong-Pa55word")
                    .says(P + prefix + ".password" + FROM + "the password does not open the store that " + P + prefix
                            + ".path names. Correct the password."));
            all.add(store(kind + " with an empty password", prefix, "@/good." + kind, "")
                    .says(P + prefix + ".password" + FROM
                            + "the password is empty. Give the store a password and set it here."));
            all.add(Bad.input(kind + " without a password", prefix + ".path", "@/good." + kind)
                    .says(P + prefix + ".password" + UNSET
                            + "no password is set for the store, so its content could not be"
                            + " checked. Set the store's password."));
            all.add(store(kind + " that is truncated", prefix, "@/cut." + kind, SECRET)
                    .says(P + prefix + ".path" + FROM + "the store '@/cut." + kind
                            + "' is truncated. Copy the whole store again."));
            all.add(store(kind + " that is empty", prefix, "@/empty." + kind, SECRET)
                    .says(P + prefix + ".path" + FROM + "the store that " + P + prefix
                            + ".path names holds no key. Name a store with a private key and its certificate."));
            all.add(store(kind + " that is a text", prefix, "@/text.txt", SECRET)
                    .says(P + prefix + ".path" + FROM + "'@/text.txt' is not a " + type
                            + " store, or is damaged. Name a store of that type, or create the store again."));
            all.add(store(kind + " without the alias", prefix, "@/good." + kind, SECRET, prefix + ".alias", "wbe")
                    .says(P + prefix + ".alias" + FROM + "the store that " + P + prefix
                            + ".path names has no alias 'wbe' (did you mean web?). Use one of web."));
            all.add(Bad.input(kind + " without a path", prefix + ".password", SECRET)
                    .says(P + prefix + ".path" + UNSET + "the store has no path."
                            + " Set it, or remove the other properties of this store."));
            all.add(store(kind + " of trust that is empty", "trust-store." + kind, "@/empty." + kind, SECRET)
                    .says(P + "trust-store." + kind + ".path" + FROM + "the store '@/empty." + kind
                            + "' holds no trusted certificate."
                            + " Put the certificates to trust into it, with keytool -importcert."));
            all.add(store(
                            kind + " of trust with a wrong password",
                            "trust-store." + kind,
                            "@/good." + kind,
                            "wrong-one")
                    .says(P + "trust-store." + kind + ".password" + FROM + "the password does not open the store that "
                            + P + "trust-store." + kind + ".path names. Correct the password."));
        }
        all.add(store("a key with another password", "key-store.jks", "@/two-passwords.jks", SECRET)
                .says(P + "key-store.jks.alias-password" + UNSET
                        + "the store's password does not open the key 'web'. Set the key's own password."));
        all.add(store(
                        "a key with a wrong password of its own",
                        "key-store.jks",
                        "@/two-passwords.jks",
                        SECRET,
                        "key-store.jks.alias-password",
                        "wrong-Pa55word")
                .says(P + "key-store.jks.alias-password" + FROM
                        + "the password does not open the key 'web'. Correct the password."));
        return all.stream();
    }

    private static Bad token(String what, String configuration, String... more) {
        List<String> all = new ArrayList<>(
                List.of("key-store.other.type", "PKCS11", "key-store.other.provider-config", configuration));
        all.addAll(List.of(more));
        return Bad.input(what, all.toArray(String[]::new));
    }

    private static Bad store(String what, String prefix, String path, String password, String... more) {
        List<String> all = new ArrayList<>(List.of(prefix + ".path", path, prefix + ".password", password));
        all.addAll(List.of(more));
        return Bad.input(what, all.toArray(String[]::new));
    }

    static Stream<Bad> values() {
        return Stream.of(
                Bad.input("a protocol that nobody knows", "protocols", "TLSv1.4,TLSv1.2")
                        .says(P + "protocols" + FROM
                                + "there is no protocol 'TLSv1.4' (did you mean TLSv1.2 or TLSv1.3?)."
                                + " Use one of TLSv1.2, TLSv1.3."),
                Bad.input("a protocol that is disabled", "protocols", "TLSv1.1")
                        .says(P + "protocols" + FROM + "the protocol 'TLSv1.1' is disabled in this JVM"
                                + " (jdk.tls.disabledAlgorithms). Use TLSv1.3 or TLSv1.2."),
                Bad.input("no protocol at all", "protocols", ",")
                        .says(P + "protocols" + FROM
                                + "the list holds no protocol. Name at least one, or remove the property."),
                Bad.input("a cipher suite that nobody knows", "cipher-suites", "TLS_AES_128_GCM_SHA265")
                        .says(P + "cipher-suites" + FROM + "there is no cipher suite 'TLS_AES_128_GCM_SHA265'"
                                + " (did you mean TLS_AES_128_GCM_SHA256?)."
                                + " Use a name that this JVM's provider knows."),
                Bad.input("a client-auth that is none", "client-auth", "ned")
                        .says(P + "client-auth" + FROM
                                + "'ned' is not valid (did you mean need?). Use one of none, want, need."),
                Bad.input("an algorithm that nobody knows", "hostname-verification-algorithm", "HTTP")
                        .says(P + "hostname-verification-algorithm" + FROM
                                + "'HTTP' is not valid (did you mean HTTPS?). Use one of HTTPS, LDAPS, NONE."),
                Bad.input("a duration without a unit", "handshake-timeout", "10")
                        .says(
                                P + "handshake-timeout" + FROM
                                        + "'10' is not a duration. Use a form such as 10s, 500ms or PT10S, or 0s for no limit."),
                Bad.input("a duration of zero", "close-timeout", "0s")
                        .says(P + "close-timeout" + FROM
                                + "'0s' is not a duration longer than zero. Use a form such as 10s, 500ms or PT10S."),
                Bad.input("an answer to names that nobody knows", "key-store.sni-missing", "reject")
                        .says(P + "key-store.sni-missing" + FROM + "'reject' is not valid. Use one of first, refuse."),
                Bad.input("a key for clients without a certificate", "client-key-store.pem.0.key", "@/good.key")
                        .says(P + "client-key-store.pem.0.cert" + UNSET + "the key has no certificate."
                                + " Set the property to a PEM file or to the PEM text itself."),
                Bad.input(
                                "a store for clients that is missing",
                                "client-key-store.p12.path",
                                "@/none.p12",
                                "client-key-store.p12.password",
                                SECRET)
                        .says(P + "client-key-store.p12.path" + FROM + "the file '@/none.p12' does not exist."
                                + " Create the file, or correct the path."),
                Bad.input(
                                "two kinds of key store for clients",
                                "client-key-store.p12.path",
                                "@/good.p12",
                                "client-key-store.jks.path",
                                "@/good.jks")
                        .says(P + "client-key-store.jks.path" + FROM
                                + "a second kind of client key store is configured in addition to " + P
                                + "client-key-store.p12.path. Keep the properties of one kind and remove the others, or"
                                + " select one with " + P + "client-key-store.kind."),
                Bad.input("a choice by name for clients", "client-key-store.sni", "true")
                        .says(P + "client-key-store.sni" + FROM + "there is no key 'client-key-store.sni' (did you mean"
                                + " client-key-store.kind?). Correct the name, or remove the property."),
                Bad.input("a PEM file where the key for clients is misspelt", "client-key-store.pem.0.crt", "x")
                        .says(
                                P + "client-key-store.pem.0.crt" + FROM + "there is no key 'client-key-store.pem.0.crt'"
                                        + " (did you mean client-key-store.pem.0.cert?). Correct the name, or remove the property."),
                token("a configuration of a provider that is missing", "@/none.cfg")
                        .says(P + "key-store.other.provider-config" + FROM
                                + "the file '@/none.cfg' does not exist. Create the file, or correct the path."),
                token("a configuration of a provider that is a directory", "@/folder")
                        .says(P + "key-store.other.provider-config" + FROM
                                + "'@/folder' is a directory. Name a file in it."),
                token("a configuration for a provider that takes none", "@/text.txt", "key-store.other.provider", "SUN")
                        .says(P + "key-store.other.provider-config" + FROM
                                + "the provider SUN takes no configuration. Remove this property, or name a provider"
                                + " that is configured, such as SunPKCS11."),
                token(
                                "a configuration for a provider that nobody knows",
                                "@/text.txt",
                                "key-store.other.provider",
                                "SunPKCS12")
                        .says(P + "key-store.other.provider" + FROM
                                + "there is no JCA provider 'SunPKCS12' (did you mean SunPKCS11?)."
                                + " Register the provider, or correct its name."),
                Bad.input("a timeout of sessions in parts of seconds", "session.timeout", "1500ms")
                        .says(P + "session.timeout" + FROM
                                + "'1500ms' is not a number of whole seconds up to 2147483647."
                                + " Use a form such as 10m or 1d."),
                Bad.input("a timeout of sessions longer than JSSE's", "session.timeout", "99999d")
                        .says(P + "session.timeout" + FROM
                                + "'99999d' is not a number of whole seconds up to 2147483647."
                                + " Use a form such as 10m or 1d."),
                Bad.input("a negative number of sessions", "session.cache-size", "-1")
                        .says(P + "session.cache-size" + FROM
                                + "'-1' is not a whole number from 0 to 2147483647. Correct it."),
                Bad.input("a boolean that is none", "trust-all", "yes")
                        .says(P + "trust-all" + FROM + "'yes' is neither true nor false. Use true or false."),
                Bad.input("an expression without a value", "protocols", "${none}")
                        .says(P + "protocols" + FROM + "its expression refers to a property that is not set."
                                + " Set that property, or give the expression a default."),
                Bad.input("a type that nobody knows", "key-store.other.type", "PKCS21")
                        .says(P + "key-store.other.type" + FROM
                                + "there is no key store type 'PKCS21' (did you mean PKCS12?). Use one of CASEEXACTJKS,"
                                + " DKS, JCEKS, JKS, PKCS12, or add the provider that has it."),
                Bad.input("a type that is missing", "key-store.other.path", "@/good.p12")
                        .says(P + "key-store.other.type" + UNSET
                                + "the store has no type. Set it, or remove the other properties of this store."),
                Bad.input(
                                "a provider that nobody knows",
                                "key-store.other.type",
                                "PKCS12",
                                "key-store.other.provider",
                                "SunJSE",
                                "key-store.other.password",
                                SECRET)
                        .says(P + "key-store.other.provider" + FROM
                                + "there is no JCA provider 'SunJSE' (did you mean SunJCE or SunJSSE?)."
                                + " Register the provider, or correct its name."),
                Bad.input("a list of trust without a name", "trust-store.pem.certs", ",")
                        .says(P + "trust-store.pem.certs" + FROM + "the list is empty. Name at least one PEM file."),
                Bad.input("trust that is missing", "trust-store.pem.certs", "@/good.crt, @/none.pem")
                        .says(P + "trust-store.pem.certs" + FROM
                                + "the file '@/none.pem' does not exist. Create the file, or correct the path."),
                Bad.input(
                                "two kinds of key store",
                                "key-store.pem.0.cert",
                                "@/good.crt",
                                "key-store.pem.0.key",
                                "@/good.key",
                                "key-store.p12.path",
                                "@/good.p12",
                                "key-store.p12.password",
                                SECRET)
                        .says(P + "key-store.p12.path" + FROM
                                + "a second kind of key store is configured in addition to " + P
                                + "key-store.pem.0.cert. Keep the properties of one kind and remove the others, or select"
                                + " one with " + P + "key-store.kind."),
                Bad.input(
                                "trust in everybody and in somebody",
                                "trust-all",
                                "true",
                                "trust-store.pem.certs",
                                "@/good.crt")
                        .says(P + "trust-store.pem.certs" + FROM
                                + "a second kind of trust is configured in addition to " + P
                                + "trust-all. Keep the properties of one kind and remove the others, or select one with "
                                + P + "trust-store.kind."));
    }

    /** Managed contexts, without a server. */
    static Stream<Bad> managed() {
        String unbound = P + "managed.jndi" + FROM + "nothing is bound at 'java:global/web'"
                + " (javax.naming.NoInitialContextException: Need to specify class name in environment or system property,"
                + " or in an application resource file: java.naming.factory.initial)."
                + " Bind a javax.net.ssl.SSLContext there, or correct the name.";
        String used = FROM + "the server manages the keys, trust and sessions of this context (" + P
                + "managed.jndi), so this property has no effect. Remove one of the two properties, or set "
                + P + "managed.kind to select one.";
        return Stream.of(
                Bad.input("a name that nothing is bound at", "managed.jndi", "java:global/web")
                        .says(unbound),
                Bad.input("an <ssl> outside of Open Liberty", "managed.liberty", "web")
                        .says(P + "managed.liberty" + FROM + "the application does not run in Open Liberty with TLS"
                                + " (com.ibm.websphere.ssl.JSSEHelper is missing). In server.xml add the feature transportSecurity-1.0,"
                                + " or configure keys and trust for the context."),
                Bad.input("an SSL context of Elytron outside of WildFly", "managed.elytron", "web")
                        .says(P + "managed.elytron" + FROM + "the application does not run in WildFly: it is not one"
                                + " of its modules. Run it in WildFly, or configure keys and trust for the context."),
                Bad.input("two of the server's contexts", "managed.jndi", "java:global/web", "managed.liberty", "web")
                        .says(
                                P + "managed.liberty" + FROM + "a second kind of managed context is configured"
                                        + " in addition to " + P
                                        + "managed.jndi. Keep the properties of one kind and remove the"
                                        + " others, or select one with " + P + "managed.kind.",
                                unbound),
                Bad.input(
                                "a context of the server's, beside a store",
                                "managed.jndi",
                                "java:global/web",
                                "key-store.p12.path",
                                "@/none.p12")
                        .says(P + "key-store.p12.path" + used, unbound),
                Bad.input(
                                "a context of the server's, beside PEM pairs",
                                "managed.jndi",
                                "java:global/web",
                                "key-store.pem.web.cert",
                                "@/none.crt")
                        .says(P + "key-store.pem.web.cert" + used, unbound),
                Bad.input(
                                "a context of the server's, beside trust in everybody",
                                "managed.jndi",
                                "java:global/web",
                                "trust-all",
                                "true")
                        .says(P + "trust-all" + used, unbound),
                Bad.input(
                                "a context of the server's, with limits of its sessions",
                                "managed.jndi",
                                "java:global/web",
                                "session.timeout",
                                "1h",
                                "session.cache-size",
                                "5")
                        .says(P + "session.cache-size" + used, P + "session.timeout" + used, unbound),
                Bad.input(
                                "a context of the server's, beside what says nothing",
                                "managed.jndi",
                                "java:global/web",
                                "trust-all",
                                "false",
                                "revocation",
                                "none")
                        .says(unbound),
                Bad.input("a kind of server that is unknown", "managed.libarty", "web")
                        .says(P + "managed.libarty" + FROM + "there is no key 'managed.libarty' (did you mean"
                                + " managed.liberty?). Correct the name, or remove the property."));
    }

    /** An empty value must never result in a context that trusts or allows more. */
    static Stream<Bad> empties() {
        return Stream.of(
                        "managed.jndi",
                        "managed.liberty",
                        "managed.elytron",
                        "trust-store.pem.certs",
                        "trust-store.p12.path",
                        "trust-store.jks.alias",
                        "trust-store.other.type",
                        "trust-store.jdk",
                        "trust-store.include-default",
                        "key-store.pem.0.cert",
                        "key-store.pem.order",
                        "key-store.p12.path",
                        "key-store.p12.alias-password",
                        "key-store.sni",
                        "key-store.sni-missing",
                        "client-key-store.pem.0.cert",
                        "client-key-store.p12.path",
                        "protocols",
                        "cipher-suites",
                        "client-auth")
                .flatMap(key -> Stream.of("", " ", "${CA:}")
                        .map(value -> Bad.input("'" + value + "' as " + key, key, value, "alpn", "mllp")
                                .says(P + key + FROM + "it is set but empty."
                                        + " Give it a value, or remove the property from that source." + hint(key))));
    }

    /** An empty value does not remove a store that another source configures. */
    private static String hint(String key) {
        String group = key.substring(0, Math.max(0, key.indexOf('.')));
        return key.matches("((client-)?key|trust)-store\\.(pem|p12|jks|other|jdk)(\\..*)?")
                ? " To use another kind of store, set " + P + group + ".kind."
                : "";
    }

    /** Settings that would have no effect, although somebody intended one. */
    static Stream<Bad> vain() {
        String noOther = FROM + "the context must not trust the JDK's authorities, and no other trust is configured."
                + " Set the trusted certificates with " + P
                + "trust-store.pem.certs, or set this property to true.";
        String noStore = FROM + "the JDK's certificates cannot be added, because no trust store is configured."
                + " Set the trusted certificates with " + P + "trust-store.pem.certs, or remove this property.";
        String unchecked = FROM + "certificates are not checked for revocation, so this has no effect. Set " + P
                + "revocation to crl or ocsp, or remove this property.";
        String uncompared = FROM + "the names that clients send are not compared, so none can be refused. Set " + P
                + "key-store.sni to true, or remove this property.";
        return Stream.of(
                Bad.input("trust in nobody", "trust-store.jdk", "false").says(P + "trust-store.jdk" + noOther),
                Bad.input("trust in nobody, of a server that asks", "trust-store.jdk", "FALSE", "client-auth", "need")
                        .says(P + "trust-store.jdk" + noOther),
                Bad.input("the JDK's trust in addition to none", "trust-store.include-default", "true")
                        .says(P + "trust-store.include-default" + noStore),
                Bad.input(
                                "the JDK's trust in addition to itself",
                                "trust-store.include-default",
                                "true",
                                "trust-store.jdk",
                                "true")
                        .says(P + "trust-store.include-default" + noStore),
                Bad.input(
                                "the JDK's trust in addition to everybody",
                                "trust-store.include-default",
                                "true",
                                "trust-all",
                                "true")
                        .says(P + "trust-store.include-default" + noStore),
                Bad.input(
                                "the JDK's trust, wanted and not",
                                "trust-store.include-default",
                                "true",
                                "trust-store.jdk",
                                "false",
                                "trust-store.pem.certs",
                                "@/good.crt")
                        .says(P + "trust-store.include-default" + FROM + "it adds the JDK's certificates, but " + P
                                + "trust-store.jdk is false. Remove one of the two properties."),
                Bad.input(
                                "options of a check that is not made",
                                "revocation.soft-fail",
                                "true",
                                "revocation.only-end-entity",
                                "true")
                        .says(P + "revocation.soft-fail" + unchecked, P + "revocation.only-end-entity" + unchecked),
                Bad.input(
                                "names that are refused and not compared",
                                "key-store.pem.0.cert",
                                "@/good.crt",
                                "key-store.pem.0.key",
                                "@/good.key",
                                "key-store.sni-unmatched",
                                "refuse",
                                "key-store.sni-missing",
                                "refuse")
                        .says(P + "key-store.sni-unmatched" + uncompared, P + "key-store.sni-missing" + uncompared),
                Bad.input("a choice of no key by name", "key-store.sni", "true")
                        .says(P + "key-store.sni" + FROM
                                + "the context has no key, so none can be chosen by name. Configure a" + " key under "
                                + P + "key-store.…, or remove this property."),
                Bad.input(
                                "what says no, beside what says yes",
                                "trust-store.jdk",
                                "false",
                                "trust-store.include-default",
                                "false",
                                "trust-all",
                                "false",
                                "key-store.sni",
                                "false",
                                "trust-store.pem.certs",
                                "@/good.crt")
                        .says());
    }

    static Stream<Bad> suites() {
        return Stream.of(
                        List.of("ECDHE-RSA-AES128-GCM-SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
                        List.of("ecdhe-ecdsa-aes256-sha384", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384"),
                        List.of("ECDHE-RSA-CHACHA20-POLY1305", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"),
                        List.of("DHE-RSA-AES256-SHA", "TLS_DHE_RSA_WITH_AES_256_CBC_SHA"),
                        List.of("DHE-DSS-AES128-SHA256", "TLS_DHE_DSS_WITH_AES_128_CBC_SHA256"))
                .flatMap(names -> Stream.of(
                        Bad.input("OpenSSL's " + names.get(0), "cipher-suites", names.get(0))
                                .says(P + "cipher-suites" + FROM + "there is no cipher suite '" + names.get(0)
                                        + "', which is an OpenSSL name. Use " + names.get(1) + "."),
                        Bad.input(
                                        "OpenSSL's list of " + names.get(0),
                                        "cipher-suites",
                                        names.get(0) + ":TLS_AES_128_GCM_SHA256")
                                .says(P + "cipher-suites" + FROM + "there is no cipher suite '" + names.get(0)
                                        + ":TLS_AES_128_GCM_SHA256', which is an OpenSSL list. Use "
                                        + names.get(1) + ",TLS_AES_128_GCM_SHA256."),
                        Bad.input("OpenSSL's words", "cipher-suites", names.get(0) + ":!aNULL")
                                .says(P + "cipher-suites" + FROM + "there is no cipher suite '" + names.get(0)
                                        + ":!aNULL'. Use names that this JVM's provider knows, with commas between"
                                        + " them.")));
    }

    static Stream<Bad> all() {
        return Stream.of(pem(), stores(), values(), managed(), empties(), vain(), suites())
                .flatMap(bad -> bad);
    }

    @ParameterizedTest
    @MethodSource("all")
    void loadOfBadInputTellsEachProblem(Bad bad) {
        assertThat(messages(bad.properties())).containsExactlyElementsOf(bad.messages());
    }

    @ParameterizedTest
    @MethodSource("all")
    void loadOfBadInputShowsNoSecret(Bad bad) {
        assertThat(messages(bad.properties()).toString()).doesNotContain(SECRET, "wrong-Pa55word", "wrong-one");
    }

    @Test
    void loadTellsAllProblemsAtOnce() {
        Map<String, String> properties = Map.of(
                P + "key-store.pem.0.cert",
                directory + "/none.crt",
                P + "key-store.pem.0.key",
                directory + "/none.key",
                P + "trust-store.pem.certs",
                directory + "/none.pem",
                P + "protocols",
                "TLSv9",
                P + "cipher-suites",
                "NONE",
                P + "handshake-timeout",
                "soon");
        assertThat(messages(properties)).hasSize(6);
    }

    @Test
    void keyGivenInlineWithoutItsFormIsNotShown() {
        TestCertificate certificate = TestCertificate.rsa("localhost");
        String body = Base64.getEncoder().encodeToString(certificate.key().getEncoded());
        for (String given : List.of(
                body,
                certificate.keyPem().replace("-----BEGIN PRIVATE KEY-----\n", ""),
                Base64.getEncoder().encodeToString(certificate.keyPem().getBytes()),
                Base64.getUrlEncoder().encodeToString(certificate.key().getEncoded()),
                body.substring(0, 120),
                body.substring(1, 121),
                '"' + body.substring(0, 120) + '"',
                body.substring(0, 64) + "\\n" + body.substring(64, 100),
                body.substring(0, 200) + "!" + body.substring(200))) {
            List<String> messages = messages(
                    Map.of(P + "key-store.pem.0.cert", directory + "/good.crt", P + "key-store.pem.0.key", given));
            assertThat(messages)
                    .containsExactly(P + "key-store.pem.0.key" + FROM
                            + "inline text (%,d characters) is neither a location nor PEM. Put the prefix base64: before base64,"
                                    .formatted(given.length())
                            + " or include the line -----BEGIN …----- of PEM text.");
        }
    }

    private static List<String> messages(Map<String, String> properties) {
        Problems problems = new Problems();
        SluiceConfiguration configuration = SluiceConfiguration.of(TestConfig.of(properties));
        configuration.reportUnknownKeys(problems);
        Optional<ContextSettings> settings = ConfiguredContexts.settings(configuration, "web", problems);
        List<Problem> all = new ArrayList<>(problems.errors());
        try {
            if (settings.isPresent()) {
                ConfiguredContexts.source(settings.get()).load(new LoadAttempt());
            }
        } catch (SslContextException e) {
            all.addAll(e.propertyProblems());
        }
        return all.stream().map(Problem::message).toList();
    }
}
