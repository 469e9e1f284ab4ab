package io.sluice.examples.acme;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What is configured below {@code acme.}. */
@Dependent
public class AcmeSettings {

    @Inject
    @ConfigProperty(name = "acme.directory")
    URI directory;

    @Inject
    @ConfigProperty(name = "acme.domains")
    List<String> domains;

    /** Where the authority sends its warnings, such as {@code mailto:admin@example.org}. */
    @Inject
    @ConfigProperty(name = "acme.contact")
    Optional<URI> contact;

    @Inject
    @ConfigProperty(name = "acme.terms-agreed")
    boolean termsAgreed;

    @Inject
    @ConfigProperty(name = "acme.folder")
    Path folder;

    /** The share of a certificate's validity after which it is renewed, in percent. */
    @Inject
    @ConfigProperty(name = "acme.renew-after")
    int renewAfter;

    /** The shortest time between two certificates. It limits what a wrong clock or setting can cost. */
    @Inject
    @ConfigProperty(name = "acme.min-interval")
    Duration minInterval;

    /** The longest time for each step of an order. */
    @Inject
    @ConfigProperty(name = "acme.order-timeout")
    Duration orderTimeout;

    /** The domains as a certificate contains them. */
    Set<String> names() {
        return domains.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }
}
