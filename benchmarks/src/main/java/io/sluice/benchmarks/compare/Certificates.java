package io.sluice.benchmarks.compare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;

/**
 * The keys of a run, each in a PKCS12 store and in PEM files: {@code ec} and {@code rsa} of the servers, {@code client} of the load
 * client. The JDK's keytool makes them, valid for longer than any run.
 */
public final class Certificates {

    /** The password of the stores. */
    public static final String PASSWORD = "changeit";

    private static final String ALIAS = "key";

    private Certificates() {}

    static void write(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        write(directory, "ec", List.of("-keyalg", "EC", "-groupname", "secp256r1"));
        write(directory, "rsa", List.of("-keyalg", "RSA", "-keysize", "2048"));
        write(directory, "client", List.of("-keyalg", "EC", "-groupname", "secp256r1"));
    }

    private static void write(Path directory, String name, List<String> key)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path file = store(directory, name);
        Command.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair")
                .with(key)
                .with("-keystore", file.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD, "-alias", ALIAS)
                .with("-dname", "CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1", "-validity", "30")
                .run();
        KeyStore store = load(directory, name);
        Key secret = store.getKey(ALIAS, PASSWORD.toCharArray());
        pem(keyFile(directory, name), "PRIVATE KEY", secret.getEncoded());
        pem(certificateFile(directory, name), "CERTIFICATE", certificate(store).getEncoded());
    }

    private static void pem(Path file, String type, byte[] der) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(file, "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
    }

    /**
     * The PKCS12 store of a key.
     *
     * @param directory where all of them are
     * @param name the key's name
     * @return the file
     */
    public static Path store(Path directory, String name) {
        return directory.resolve(name + ".p12");
    }

    /**
     * The certificate of a key as PEM.
     *
     * @param directory where all of them are
     * @param name the key's name
     * @return the file
     */
    public static Path certificateFile(Path directory, String name) {
        return directory.resolve(name + ".pem");
    }

    /**
     * A key as PEM.
     *
     * @param directory where all of them are
     * @param name the key's name
     * @return the file
     */
    public static Path keyFile(Path directory, String name) {
        return directory.resolve(name + "-key.pem");
    }

    /**
     * Reads the PKCS12 store of a key.
     *
     * @param directory where all of them are
     * @param name the key's name
     * @return the store
     * @throws IOException if it cannot be read
     * @throws GeneralSecurityException if it is no such store
     */
    public static KeyStore load(Path directory, String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store(directory, name))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    /**
     * A store that trusts the load client.
     *
     * @param directory where all of them are
     * @return the store
     * @throws IOException if it cannot be read
     * @throws GeneralSecurityException if it is no such store
     */
    public static KeyStore trust(Path directory) throws IOException, GeneralSecurityException {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("client", certificate(load(directory, "client")));
        return trust;
    }

    private static Certificate certificate(KeyStore store) throws GeneralSecurityException {
        return store.getCertificate(ALIAS);
    }
}
