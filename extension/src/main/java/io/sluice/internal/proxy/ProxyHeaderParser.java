package io.sluice.internal.proxy;

import io.sluice.stream.proxy.ProxyHeader;
import io.sluice.stream.proxy.ProxyVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Reads PROXY headers (haproxy's proxy-protocol.txt, section 2), and no byte beyond them. Other bytes are rejected at the first byte
 * that cannot belong to a header.
 */
public final class ProxyHeaderParser {

    private static final byte[] V2 = "\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] V1 = "PROXY ".getBytes(StandardCharsets.US_ASCII);

    private ProxyHeaderParser() {}

    /**
     * Reads a header.
     *
     * @param bytes the source of the bytes
     * @param accepted the accepted versions
     * @return the header
     * @throws ProxyHeaderException if the bytes are not a header of an accepted version
     * @throws IOException if {@code bytes} throws it
     */
    public static ProxyHeader read(ProxyBytes bytes, ProxyVersion accepted) throws IOException, ProxyHeaderException {
        byte[] start = new byte[V2.length]; // Shorter than any header.
        int n = 0;
        while (n < start.length) {
            n += bytes.read(start, n, start.length - n);
            requireHeader(start, n, accepted);
        }
        return start[0] == V2[0] ? ProxyHeaderV2.read(start, bytes) : ProxyHeaderV1.read(start, bytes);
    }

    private static void requireHeader(byte[] start, int n, ProxyVersion accepted) throws ProxyHeaderException {
        boolean v1 = begins(start, n, V1);
        boolean v2 = begins(start, n, V2);
        if (!v1 && !v2) {
            throw new ProxyHeaderException("the first bytes are not a PROXY header, but " + description(start, n));
        }
        if (v1 && accepted == ProxyVersion.V2 || v2 && accepted == ProxyVersion.V1) {
            throw new ProxyHeaderException("the PROXY header has version " + (v1 ? 1 : 2) + ", but only version "
                    + (v1 ? 2 : 1) + " is accepted");
        }
    }

    private static boolean begins(byte[] start, int n, byte[] with) {
        int common = Math.min(n, with.length);
        return Arrays.equals(start, 0, common, with, 0, common);
    }

    private static String description(byte[] start, int n) {
        String shown = HexFormat.ofDelimiter(" ").formatHex(start, 0, n);
        return start[0] == 0x16 ? "a TLS handshake (" + shown + ")" : shown;
    }

    /** Waits until the array is full. */
    static void fill(byte[] b, int from, ProxyBytes bytes) throws IOException {
        for (int n = from; n < b.length; ) {
            n += bytes.read(b, n, b.length - n);
        }
    }
}
