package io.sluice.internal.metrics;

import static io.sluice.internal.metrics.Attribute.CONTEXT;
import static io.sluice.internal.metrics.Attribute.DIRECTION;
import static io.sluice.internal.metrics.Attribute.END;
import static io.sluice.internal.metrics.Attribute.ENDPOINT;
import static io.sluice.internal.metrics.Attribute.ERROR;
import static io.sluice.internal.metrics.Attribute.LIMIT;
import static io.sluice.internal.metrics.Attribute.MATERIAL;
import static io.sluice.internal.metrics.Attribute.OUTCOME;
import static io.sluice.internal.metrics.Attribute.RESUMED;
import static io.sluice.internal.metrics.Attribute.ROLE;
import static io.sluice.internal.metrics.Attribute.SIDE;
import static io.sluice.internal.metrics.Attribute.VERSION;

import java.util.List;

/** A metric: its name, instrument, unit and attributes. The table in docs/operations.md says the same, and the tests compare the two. */
public enum Metric {
    ACTIVE_CONNECTIONS(
            "sluice.active_connections",
            Instrument.UP_DOWN_COUNTER,
            "{connection}",
            "Connections that are being served",
            ENDPOINT),
    QUEUED_CONNECTIONS(
            "sluice.queued_connections",
            Instrument.UP_DOWN_COUNTER,
            "{connection}",
            "Accepted connections that wait because max-connections is reached",
            ENDPOINT),
    ACCEPTED_CONNECTIONS(
            "sluice.accepted_connections",
            Instrument.COUNTER,
            "{connection}",
            "Connections taken from the backlog, refused ones included",
            ENDPOINT),
    REFUSED_CONNECTIONS(
            "sluice.refused_connections",
            Instrument.COUNTER,
            "{connection}",
            "Connections reset because of a limit",
            ENDPOINT,
            LIMIT),
    SERVERS_RUNNING(
            "sluice.running_servers",
            Instrument.UP_DOWN_COUNTER,
            "{server}",
            "Servers that accept connections",
            ENDPOINT),
    CONNECTION_DURATION(
            "sluice.connection.duration",
            Instrument.HISTOGRAM,
            "s",
            "Duration of connections that have ended",
            ENDPOINT,
            END,
            ERROR),
    NETWORK_IO(
            "sluice.network.io",
            Instrument.COUNTER,
            "By",
            "Bytes on the wire, added when a connection ends",
            ENDPOINT,
            DIRECTION),
    ACTIVE_HANDSHAKES(
            "sluice.active_tls_handshakes",
            Instrument.UP_DOWN_COUNTER,
            "{handshake}",
            "TLS handshakes in progress",
            CONTEXT,
            ENDPOINT,
            SIDE),
    HANDSHAKE_DURATION(
            "sluice.tls_handshake.duration",
            Instrument.HISTOGRAM,
            "s",
            "Duration of TLS handshakes, complete or failed",
            CONTEXT,
            ENDPOINT,
            SIDE,
            VERSION,
            RESUMED,
            ERROR),
    CONTEXT_CONNECTIONS(
            "sluice.context.connections",
            Instrument.UP_DOWN_COUNTER,
            "{connection}",
            "Open streams of a context, by whether their material is the current one",
            CONTEXT,
            MATERIAL),
    CONTEXT_GENERATION(
            "sluice.context.generation", Instrument.GAUGE, "{generation}", "Successful loads of a context", CONTEXT),
    CONTEXT_PROBLEMS(
            "sluice.context.problems",
            Instrument.GAUGE,
            "{problem}",
            "Problems of the last load of a context; 0 if it succeeded",
            CONTEXT),
    CONTEXT_RELOADS("sluice.context.reloads", Instrument.COUNTER, "{reload}", "Reloads of a context", CONTEXT, OUTCOME),
    CERTIFICATE_NOT_AFTER(
            "sluice.tls.certificate.not_after",
            Instrument.GAUGE,
            "s",
            "The earliest end of validity of a context's certificates, in Unix time",
            CONTEXT,
            ROLE),
    CERTIFICATE_TIME_LEFT(
            "sluice.tls.certificate.time_left",
            Instrument.GAUGE,
            "d",
            "The time until then; negative afterwards",
            CONTEXT,
            ROLE);

    /** How a metric is measured. */
    public enum Instrument {
        /** A sum that only grows. */
        COUNTER("counter"),
        /** A sum that rises and falls. */
        UP_DOWN_COUNTER("up-down counter"),
        /** A value that is not summed. */
        GAUGE("gauge"),
        /** A distribution. */
        HISTOGRAM("histogram");

        private final String words;

        Instrument(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    private static final List<Double> OF_HANDSHAKES =
            List.of(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);
    private static final List<Double> OF_CONNECTIONS =
            List.of(0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0);

    private final String key;
    private final Instrument instrument;
    private final String unit;
    private final String meaning;
    private final List<Attribute> attributes;

    Metric(String key, Instrument instrument, String unit, String meaning, Attribute... attributes) {
        this.key = key;
        this.instrument = instrument;
        this.unit = unit;
        this.meaning = meaning;
        this.attributes = List.of(attributes);
    }

    /**
     * The name.
     *
     * @return the name in OpenTelemetry's form
     */
    public String key() {
        return key;
    }

    /**
     * The instrument.
     *
     * @return how it is measured
     */
    public Instrument instrument() {
        return instrument;
    }

    /**
     * The unit.
     *
     * @return the unit in UCUM; in braces if things are counted
     */
    public String unit() {
        return unit;
    }

    /**
     * The description.
     *
     * @return a sentence without its full stop
     */
    public String meaning() {
        return meaning;
    }

    /**
     * The attributes of each value.
     *
     * @return the attributes, in the order of {@link Labels#values}
     */
    public List<Attribute> attributes() {
        return attributes;
    }

    /**
     * Whether values are added as things happen. The others are read when somebody wants to know.
     *
     * @return true for what only events tell
     */
    public boolean isRecorded() {
        return switch (this) {
            case CONNECTION_DURATION, NETWORK_IO, HANDSHAKE_DURATION, CONTEXT_RELOADS -> true;
            default -> false;
        };
    }

    /**
     * The upper bounds of a histogram's buckets.
     *
     * @return seconds, in ascending order
     */
    public List<Double> buckets() {
        return this == HANDSHAKE_DURATION ? OF_HANDSHAKES : OF_CONNECTIONS;
    }
}
