package io.sluice.stream;

/** Lets an application's exception out as it was thrown, checked or not: the container had wrapped it. */
final class Rethrow {

    private Rethrow() {}

    @SuppressWarnings("unchecked") // the cast is never made: T is erased
    static <T extends Throwable> RuntimeException asThrown(Throwable failure) throws T {
        throw (T) failure;
    }
}
