package io.sluice.it.server;

/**
 * The memory of the server's JVM.
 *
 * @param copies the copies of BoringSSL's native library that are mapped
 * @param resident the resident memory, in KiB
 * @param heap the memory that is in use on the heap, in bytes
 */
record Footprint(long copies, long resident, long heap) {

    static Footprint parse(String text) {
        String[] numbers = text.strip().split(" ");
        return new Footprint(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
    }

    /** What has been added since then, in words. */
    String since(Footprint before) {
        return (copies - before.copies) + " copies, " + ((resident - before.resident) >> 10) + " MiB resident, "
                + ((heap - before.heap) >> 20) + " MiB of heap";
    }
}
