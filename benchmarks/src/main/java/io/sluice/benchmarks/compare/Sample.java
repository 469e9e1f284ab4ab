package io.sluice.benchmarks.compare;

/**
 * One figure.
 *
 * @param row what was measured
 * @param jdk the number of the server's JDK; 0 if it has none
 * @param server the server's label
 * @param round in which round
 * @param amount how much, in the row's unit
 */
record Sample(Row row, int jdk, String server, int round, double amount) {}
