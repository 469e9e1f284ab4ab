package io.sluice.stream;

/** What an initarg is called: one of the library's own, or a name that the stream class gave to a point of its own. */
sealed interface InitargName permits LibraryInitarg, AssistedName {
    String label();
}
