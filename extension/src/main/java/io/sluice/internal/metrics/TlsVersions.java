package io.sluice.internal.metrics;

/** The values of {@code tls.protocol.version}. */
public final class TlsVersions {

    private TlsVersions() {}

    /**
     * The number of a version.
     *
     * @param protocol the JSSE name, such as {@code TLSv1.3}
     * @return the number, such as {@code 1.3}; {@link ErrorTypes#OTHER} for an unusual protocol
     */
    public static String of(String protocol) {
        return switch (protocol) {
            case "TLSv1.3" -> "1.3";
            case "TLSv1.2" -> "1.2";
            case "TLSv1.1" -> "1.1";
            case "TLSv1" -> "1.0";
            default -> ErrorTypes.OTHER;
        };
    }
}
