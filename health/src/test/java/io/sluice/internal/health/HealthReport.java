package io.sluice.internal.health;

import io.sluice.it.support.Application;
import io.smallrye.config.inject.ConfigExtension;
import io.smallrye.health.AsyncHealthCheckFactory;
import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import io.smallrye.health.registry.HealthRegistries;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.TreeMap;

/**
 * What SmallRye Health reports about an application for one kind of check.
 *
 * @param isUp the status
 * @param data the data of the only check
 * @param json the whole report
 */
record HealthReport(boolean isUp, Map<String, Object> data, String json) {

    static Application.Builder application(Class<?>... beans) {
        return Application.configured()
                .extensions(new ConfigExtension())
                .beans(SmallRyeHealthReporter.class, AsyncHealthCheckFactory.class, HealthRegistries.class)
                .beans(beans);
    }

    static HealthReport live(Application application) {
        return of(reporter(application).getLiveness(), "sluice-liveness");
    }

    static HealthReport ready(Application application) {
        return of(reporter(application).getReadiness(), "sluice-readiness");
    }

    private static SmallRyeHealthReporter reporter(Application application) {
        return application.get(SmallRyeHealthReporter.class);
    }

    static HealthReport of(SmallRyeHealth health, String name) {
        JsonObject check = health.getPayload().getJsonArray("checks").stream()
                .map(JsonValue::asJsonObject)
                .reduce((one, other) -> {
                    throw new AssertionError("more than one check: " + health.getPayload());
                })
                .orElseThrow();
        if (!check.getString("name").equals(name)) {
            throw new AssertionError("another check than " + name + ": " + check);
        }
        Map<String, Object> data = new TreeMap<>();
        if (check.containsKey("data")) {
            check.getJsonObject("data").forEach((key, value) -> data.put(key, plain(value)));
        }
        return new HealthReport(
                check.getString("status").equals("UP"),
                data,
                health.getPayload().toString());
    }

    private static Object plain(JsonValue value) {
        return switch (value.getValueType()) {
            case STRING -> ((JsonString) value).getString();
            case NUMBER -> Long.valueOf(value.toString());
            default -> value.toString();
        };
    }
}
