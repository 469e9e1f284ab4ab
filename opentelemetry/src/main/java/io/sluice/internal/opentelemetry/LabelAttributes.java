package io.sluice.internal.opentelemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.sluice.internal.metrics.Attribute;
import io.sluice.internal.metrics.Labels;
import io.sluice.internal.metrics.Metric;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The attributes of labels, which are few, so each is made once. What does not apply is absent. Thread-safe. */
final class LabelAttributes {

    private static final AttributeKey<Boolean> RESUMED = AttributeKey.booleanKey(Attribute.RESUMED.key());

    private record Identity(Metric metric, Labels labels) {}

    private final Map<Identity, Attributes> known = new ConcurrentHashMap<>();

    Attributes of(Metric metric, Labels labels) {
        return known.computeIfAbsent(new Identity(metric, labels), LabelAttributes::made);
    }

    private static Attributes made(Identity identity) {
        AttributesBuilder attributes = Attributes.builder();
        for (int i = 0; i < identity.metric().attributes().size(); i++) {
            Attribute attribute = identity.metric().attributes().get(i);
            String value = identity.labels().values().get(i);
            if (value != null) {
                put(attributes, attribute, value);
            }
        }
        return attributes.build();
    }

    private static void put(AttributesBuilder attributes, Attribute attribute, String value) {
        if (attribute == Attribute.RESUMED) {
            attributes.put(RESUMED, Boolean.parseBoolean(value));
        } else {
            attributes.put(attribute.key(), value);
        }
    }
}
