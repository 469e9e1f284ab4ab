package io.sluice.internal.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.ObjectName;

/** A process with the MXBeans of applications, whose document is a file. It is not Sluice, so it can answer anything. */
public final class SampleService implements SampleServiceMXBean {

    private final String application;
    private final Path document;
    private int reloads;

    private SampleService(String application, Path document) {
        this.application = application;
        this.document = document;
    }

    /** Registers an MXBean per application, says so, and runs until its input ends. */
    public static void main(String... arguments) throws Exception {
        for (int i = 1; i < arguments.length; i++) {
            ManagementFactory.getPlatformMBeanServer()
                    .registerMBean(
                            new SampleService(arguments[i], Path.of(arguments[0])),
                            new ObjectName("io.sluice:type=Sluice,application=" + ObjectName.quote(arguments[i])));
        }
        System.out.println("ready " + ProcessHandle.current().pid() + " .");
        while (System.in.read() >= 0) {
            // The test ends the process by closing its input.
        }
    }

    @Override
    public String getJson() {
        try {
            JsonObject json = JsonParser.parseString(Files.readString(document)).getAsJsonObject();
            json.addProperty("application", application);
            json.addProperty("reloads", reloads);
            return json.toString();
        } catch (Exception e) {
            throw new IllegalStateException("no document");
        }
    }

    @Override
    public void reload(String context) {
        switch (context) {
            case "web" -> reloads++;
            case "mail" -> throw new IllegalArgumentException("web.key does not belong to web.pem");
            case "foreign" -> throw new JsonParseException("an exception of a class that the command has, too");
            default -> throw new IllegalArgumentException("there is no context '" + context + "'");
        }
    }
}
