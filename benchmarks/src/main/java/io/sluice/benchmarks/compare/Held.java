package io.sluice.benchmarks.compare;

/**
 * What open connections cost a server, for each of them.
 *
 * @param jdk the number of the server's JDK
 * @param server the server's label
 * @param connections how many are open
 * @param heapKib heap after collections
 * @param directKib direct memory
 * @param residentKib memory of the process that is in RAM, those two included
 */
record Held(int jdk, String server, int connections, double heapKib, double directKib, double residentKib) {}
