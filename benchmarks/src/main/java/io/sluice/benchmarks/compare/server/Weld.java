package io.sluice.benchmarks.compare.server;

import io.sluice.benchmarks.compare.Certificates;
import io.sluice.cdi.SluiceExtension;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Boots an application in Weld SE. Each port has a context of its name, all with the same settings that a user would give. */
final class Weld {

    private Weld() {}

    /** The settings of the contexts of all ports. */
    static Map<String, String> contexts(Path directory, boolean boringSsl) {
        Map<String, String> settings = new HashMap<>();
        Arrays.stream(Door.values()).filter(Door::tls).forEach(door -> {
            String prefix = "sluice.ssl." + door.label() + ".";
            settings.put(
                    prefix + "key-store.p12.path",
                    Certificates.store(directory, door.key()).toString());
            settings.put(prefix + "key-store.p12.password", Certificates.PASSWORD);
            settings.put(
                    prefix + "trust-store.pem.certs",
                    Certificates.certificateFile(directory, "client").toString());
            if (door == Door.MUTUAL) {
                settings.put(prefix + "client-auth", "need");
            }
            if (boringSsl) {
                settings.put(prefix + "engine", "boringssl");
                settings.put(prefix + "key-exchange-groups", "X25519MLKEM768,x25519");
            }
        });
        return settings;
    }

    static SeContainer start(Map<String, String> settings, Class<?>... beans) {
        settings.forEach(System::setProperty);
        return SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new SluiceExtension())
                .addBeanClasses(beans)
                .initialize();
    }
}
