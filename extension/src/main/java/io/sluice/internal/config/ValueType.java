package io.sluice.internal.config;

/** What the value of a key looks like. */
enum ValueType {
    TEXT("text", "java.lang.String"),
    LIST("list", "java.util.List<java.lang.String>"),
    TRUTH("`true`, `false`", "java.lang.Boolean"),
    NUMBER("number", "java.lang.Integer"),
    /** Longer than zero. */
    DURATION("duration", "java.time.Duration"),
    /** A duration, of which zero means no limit. */
    LIMIT("duration", "java.time.Duration"),
    /** A duration between two limits of its reader, or the word for none. */
    PERIOD("duration, `off`", "java.lang.String"),
    /** One of a few words. The page shows the words. */
    CHOICE("", "java.lang.String"),
    /** A location, or the material itself. */
    MATERIAL("material", "java.lang.String"),
    MATERIALS("list of material", "java.util.List<java.lang.String>"),
    SECRET("secret", "java.lang.String"),
    /** The file that holds a secret. */
    SECRET_FILE("file", "java.lang.String");

    private final String label;
    private final String javaType;

    ValueType(String label, String javaType) {
        this.label = label;
        this.javaType = javaType;
    }

    /** The type in the pages, as Markdown. */
    String label() {
        return label;
    }

    /** The type in the metadata for IDEs, which know how to check its values. */
    String javaType() {
        return javaType;
    }

    boolean isList() {
        return this == LIST || this == MATERIALS;
    }

    /** Tests whether values hold locations, inline material or passwords, so that a watch must look at them. */
    boolean isMaterial() {
        return this == MATERIAL || this == MATERIALS || this == SECRET || this == SECRET_FILE;
    }
}
