package io.sluice.internal.pem;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Identifies DER objects (X.690) by their structure, so that a library can decode them or a message can name them. Several objects may
 * follow one another.
 */
public final class DerBytes {

    private static final int JKS = 0xfeedfeed;
    private static final int JCEKS = 0xcececece;

    private static final int INTEGER = 0x02;
    private static final int BITS = 0x03;
    private static final int OCTETS = 0x04;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int SEQUENCE = 0x30;
    private static final int TAGGED = 0xa0;

    private static final int MOST_PARTS = 10;

    /** The first parts of an object, and its PEM label. */
    private record Shape(String label, List<Integer> tags) {}

    /** The longer shapes come first. */
    private static final List<Shape> SHAPES = List.of(
            new Shape("PRIVATE KEY", List.of(INTEGER, SEQUENCE, OCTETS)),
            new Shape("PKCS12", List.of(INTEGER, SEQUENCE)),
            new Shape("EC PRIVATE KEY", List.of(INTEGER, OCTETS)),
            new Shape("RSA PRIVATE KEY", Collections.nCopies(9, INTEGER)),
            new Shape("DSA PRIVATE KEY", List.of(INTEGER, INTEGER, INTEGER)),
            new Shape("ENCRYPTED PRIVATE KEY", List.of(SEQUENCE, OCTETS)),
            new Shape("PUBLIC KEY", List.of(SEQUENCE, BITS)),
            new Shape("PKCS7", List.of(OBJECT_IDENTIFIER, TAGGED)));

    /** One element. An element of indefinite length (BER) extends to the end. */
    private record Element(int tag, int content, int end) {}

    private final byte[] bytes;

    private DerBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Returns the objects with their PEM labels, or none if the bytes are not DER. The label of a key store is its type. */
    static PemText read(byte[] bytes) {
        String store = storeType(bytes);
        return store.isEmpty()
                ? new DerBytes(bytes).objects()
                : new PemText(List.of(PemBlock.ofDer(store, new byte[0])), "");
    }

    /** Returns the length of the first object, or of all bytes if it is unknown. */
    public static int length(byte[] bytes) {
        Element first = new DerBytes(bytes).element(0, bytes.length);
        return first == null ? bytes.length : first.end();
    }

    private PemText objects() {
        List<PemBlock> blocks = new ArrayList<>();
        int at = 0;
        while (at < bytes.length && tag(at) == SEQUENCE) {
            Element object = element(at, bytes.length);
            String label = object == null ? "" : label(object);
            if (object == null || label.isEmpty()) {
                break;
            }
            blocks.add(PemBlock.ofDer(label, Arrays.copyOfRange(bytes, at, object.end())));
            at = object.end();
        }
        if (isBlank(at) || (blocks.isEmpty() && !looksCut())) {
            return new PemText(blocks, "");
        }
        return new PemText(
                List.of(),
                at < bytes.length && tag(at) == SEQUENCE
                        ? "ends within a DER object: it is truncated"
                        : "has bytes after its DER objects that are not DER");
    }

    /** Text may begin with the character 0x30, the tag of a sequence. A long length and a known first part are stronger evidence. */
    private boolean looksCut() {
        if (bytes.length < 5 || tag(0) != SEQUENCE || tag(1) <= 0x80 || tag(1) > 0x84) {
            return false;
        }
        int first = 2 + (tag(1) & 0x7f);
        return element(0, bytes.length) == null
                && first < bytes.length
                && List.of(INTEGER, SEQUENCE, OBJECT_IDENTIFIER).contains(tag(first));
    }

    private boolean isBlank(int from) {
        return IntStream.range(from, bytes.length).allMatch(i -> bytes[i] == 0 || Character.isWhitespace(bytes[i]));
    }

    private String label(Element object) {
        List<Element> parts = parts(object);
        return begins(parts, SEQUENCE, SEQUENCE, BITS)
                ? signed(parts(parts.get(0)))
                : SHAPES.stream()
                        .filter(shape -> begins(parts, shape.tags()))
                        .map(Shape::label)
                        .findFirst()
                        .orElse("");
    }

    private static String signed(List<Element> content) {
        if (begins(content, TAGGED, INTEGER) || begins(content, INTEGER, SEQUENCE, SEQUENCE, SEQUENCE)) {
            return "CERTIFICATE";
        }
        if (begins(content, INTEGER, SEQUENCE, SEQUENCE, TAGGED)) {
            return "CERTIFICATE REQUEST";
        }
        List<Element> unversioned = begins(content, INTEGER) ? content.subList(1, content.size()) : content;
        boolean list = begins(unversioned, SEQUENCE, SEQUENCE, UTC_TIME)
                || begins(unversioned, SEQUENCE, SEQUENCE, GENERALIZED_TIME);
        return list ? "X509 CRL" : "";
    }

    private static boolean begins(List<Element> parts, Integer... tags) {
        return begins(parts, List.of(tags));
    }

    private static boolean begins(List<Element> parts, List<Integer> tags) {
        return parts.size() >= tags.size()
                && parts.subList(0, tags.size()).stream()
                        .map(Element::tag)
                        .toList()
                        .equals(tags);
    }

    private List<Element> parts(Element whole) {
        List<Element> parts = new ArrayList<>();
        int at = whole.content();
        while (at < whole.end() && parts.size() < MOST_PARTS) {
            Element part = element(at, whole.end());
            if (part == null) {
                break;
            }
            parts.add(part);
            at = part.end();
        }
        return parts;
    }

    private @Nullable Element element(int at, int limit) {
        if (at + 2 > limit) {
            return null;
        }
        int length = tag(at + 1);
        if (length < 0x80) {
            return end(at, at + 2, length, limit);
        }
        int sizeBytes = length & 0x7f;
        if (sizeBytes == 0) {
            return new Element(tag(at), at + 2, limit);
        }
        if (sizeBytes > 4 || at + 2 + sizeBytes > limit) {
            return null;
        }
        long size = 0;
        for (int i = 0; i < sizeBytes; i++) {
            size = (size << 8) | tag(at + 2 + i);
        }
        return end(at, at + 2 + sizeBytes, size, limit);
    }

    private @Nullable Element end(int at, int content, long size, int limit) {
        return content + size > limit ? null : new Element(tag(at), content, (int) (content + size));
    }

    private int tag(int at) {
        return bytes[at] & 0xff;
    }

    /** Returns the type of a key store with a magic number; empty for other bytes. */
    private static String storeType(byte[] bytes) {
        if (bytes.length < 4) {
            return "";
        }
        return switch (ByteBuffer.wrap(bytes).getInt()) {
            case JKS -> "JKS";
            case JCEKS -> "JCEKS";
            default -> "";
        };
    }
}
