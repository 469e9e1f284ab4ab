package io.sluice.it.support;

import java.util.Map;

/**
 * A value that a library of metrics reports, in OpenTelemetry's words. Of a distribution, the value is the number of recordings.
 *
 * @param metric the metric's name
 * @param instrument how it is measured, as the table of docs/operations.md says
 * @param unit its unit, as the table says; empty if things are counted
 * @param attributes those that apply
 */
public record Sample(String metric, String instrument, String unit, Map<String, String> attributes, double value) {}
