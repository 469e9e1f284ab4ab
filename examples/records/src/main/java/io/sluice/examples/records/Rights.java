package io.sluice.examples.records;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;

/** Who may do what: the names configured as {@code records.may-read} and {@code records.may-write}. */
@ApplicationScoped
public class Rights {

    Set<String> holders(Right right) {
        return ConfigProvider.getConfig()
                .getOptionalValue("records.may-" + right, String[].class)
                .map(names -> Set.copyOf(List.of(names)))
                .orElse(Set.of());
    }
}
