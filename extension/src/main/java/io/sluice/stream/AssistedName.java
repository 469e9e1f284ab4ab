package io.sluice.stream;

/** The name of an initarg for an {@link Assisted} point. */
record AssistedName(String label) implements InitargName {}
