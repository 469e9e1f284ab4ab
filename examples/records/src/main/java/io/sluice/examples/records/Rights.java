package io.sluice.examples.records;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;

/** The names of callers that have each right, from {@code records.may-read} and {@code records.may-write}. */
@ApplicationScoped
public class Rights {

    Set<String> holders(Right right) {
        return ConfigProvider.getConfig()
                .getOptionalValue("records.may-" + right, String[].class)
                .map(names -> Set.copyOf(List.of(names)))
                .orElse(Set.of());
    }
}
