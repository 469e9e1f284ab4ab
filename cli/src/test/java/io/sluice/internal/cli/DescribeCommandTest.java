package io.sluice.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.sluice.internal.cli.Cli.Result;
import io.sluice.testing.internal.ChildJvm;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code sluice describe} and {@code sluice reload}, with services in processes of their own. */
class DescribeCommandTest {

    @TempDir
    private Path directory;

    private String document;

    @BeforeEach
    void writeDocument() throws Exception {
        document = Files.writeString(directory.resolve("shop.json"), SampleDocument.text())
                .toString();
    }

    private Result sluice(String... arguments) throws Exception {
        return Cli.in(directory).run(arguments);
    }

    private ServiceProcess start(String... applications) throws Exception {
        return ServiceProcess.start(ChildJvm.of(SampleService.class), document, applications);
    }

    @Test
    void aProcessIsDescribedAsText() throws Exception {
        try (ServiceProcess service = start("shop")) {
            Result result = sluice("describe", service.id());

            assertThat(result.output())
                    .startsWith("shop, 2026-11-30T20:00:00Z, Sluice 0.1.0")
                    .contains("web: generation 4, loaded 2026-11-30T06:10:00Z")
                    .contains("renew: key web: CN=shop.example,O=Shop Example, 12 days left")
                    .contains("expired: trust: CN=Partner Root,O=Partner, expired 29 days ago")
                    .contains("problem: sluice.ssl.mail.key-store.pem.0.key")
                    .contains("intake: RUNNING, 0.0.0.0:6514, context 'web'")
                    .contains("212 open of 1000 (then WAIT), 0 waiting, 48213 accepted")
                    .contains("14 NO_SHARED_PROTOCOL, 3 CERTIFICATE_EXPIRED")
                    .contains("192.0.2.7:40112, CN=device-7,O=Shop Example")
                    .contains("and 208 further connections")
                    .contains("status: FAILED")
                    .contains("Update the client to TLS 1.2 or later.")
                    .contains("openssl s_client -connect shop.example:6514")
                    .contains("14 since 2026-11-29T08:12:00Z")
                    .contains("tls13: context 'web': 311 of 48199 handshakes would fail, 5 were not checked");
            assertThat(result.errors()).isEmpty();
            assertThat(result.exitCode()).isZero();
        }
    }

    @Test
    void jsonIsTheDocumentAndCanBeReadAgain() throws Exception {
        try (ServiceProcess service = start("shop")) {
            Result asked = sluice("describe", service.id(), "--json");
            Files.writeString(directory.resolve("saved.json"), asked.output());

            assertThat(asked.json().getAsJsonArray("servers"))
                    .isEqualTo(SampleDocument.json().getAsJsonArray("servers"));
            assertThat(sluice("describe", "--file", "saved.json", "--json").json())
                    .isEqualTo(JsonParser.parseString(asked.output()));
        }
    }

    @Test
    void oneOfSeveralApplicationsIsNamed() throws Exception {
        try (ServiceProcess service = start("shop", "back \"office\", etc.")) {
            Result none = sluice("describe", service.id());
            Result wrong = sluice("describe", service.id(), "--application", "shp");
            Result named = sluice("describe", service.id(), "--application", "back \"office\", etc.");

            assertThat(none.exitCode()).isEqualTo(2);
            assertThat(none.errors()).contains("--application").contains("'back \"office\", etc.', 'shop'");
            assertThat(wrong.exitCode()).isEqualTo(2);
            assertThat(wrong.errors()).contains("has no application 'shp'");
            assertThat(named.output()).startsWith("back \"office\", etc., 2026");
            assertThat(named.exitCode()).isZero();
        }
    }

    @Test
    void aServiceWithoutSluiceIsNoAnswer() throws Exception {
        try (ServiceProcess service = start()) {
            Result result = sluice("describe", service.id());

            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.output()).isEmpty();
            assertThat(result.errors()).contains("has no application with Sluice");
        }
    }

    @Test
    void anAgentIsAskedByItsPortAndByItsUrl() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(ServiceProcess.withAgent(false, false), document, "shop")) {
            Result port = sluice("describe", service.agent());
            Result url = sluice("describe", "service:jmx:rmi:///jndi/rmi://" + service.agent() + "/jmxrmi");

            assertThat(port.errors()).isEmpty();
            assertThat(port.output()).startsWith("shop, ");
            assertThat(url.output()).isEqualTo(port.output());
        }
    }

    @Test
    void anAgentWithUsersWantsTheRightPassword() throws Exception {
        Path passwords = Files.writeString(directory.resolve("jmx.password"), "monitor 5ecret\n");
        Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-------"));
        Path access = Files.writeString(directory.resolve("jmx.access"), "monitor readonly\n");
        ChildJvm jvm = ServiceProcess.withAgent(true, false)
                .property("com.sun.management.jmxremote.password.file", passwords.toString())
                .property("com.sun.management.jmxremote.access.file", access.toString());
        Files.writeString(directory.resolve("right"), "5ecret\n");
        Files.writeString(directory.resolve("wrong"), "5ecrets");
        try (ServiceProcess service = ServiceProcess.start(jvm, document, "shop")) {
            String[] user = {"describe", service.agent(), "--user", "monitor"};
            Result nobody = sluice("describe", service.agent());
            Result wrong = sluice(and(user, "--password-file", "wrong"));
            Result right = sluice(and(user, "--password-file", "right"));
            Result variable = Cli.in(directory)
                    .environment("SLUICE_JMX_PASSWORD", "5ecret")
                    .run(user);
            Result unasked = sluice(user);
            Result forbidden =
                    sluice("reload", service.agent(), "web", "--user", "monitor", "--password-file", "right");

            assertThat(nobody.errors()).contains("asks for a user. Name one with --user");
            assertThat(nobody.exitCode()).isEqualTo(3);
            assertThat(wrong.errors()).contains("refuses the user 'monitor'").doesNotContain("5ecret");
            assertThat(wrong.exitCode()).isEqualTo(3);
            assertThat(right.output()).startsWith("shop, ");
            assertThat(variable.output()).startsWith("shop, ");
            assertThat(unasked.errors()).contains("--password-file");
            assertThat(unasked.exitCode()).isEqualTo(2);
            assertThat(forbidden.errors()).contains("refuses the user 'monitor'");
            assertThat(forbidden.exitCode()).isEqualTo(3);
        }
    }

    private static String[] and(String[] first, String... more) {
        return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void aServiceThatDoesNotAnswerIsNotWaitedForEndlessly() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            Result result = sluice("describe", "127.0.0.1:" + silent.getLocalPort(), "--timeout", "500ms");

            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.output()).isEmpty();
            assertThat(result.errors()).contains("did not answer within PT0.5S").contains("--timeout");
        }
    }

    @Test
    void nobodyAtThePortIsNoAnswer() throws Exception {
        Result result = sluice("describe", "127.0.0.1:1");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.errors()).contains("127.0.0.1:1 cannot be asked").contains("refused");
    }

    @Test
    void aProcessThatIsNoJvmIsNoAnswer() throws Exception {
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            Result result = sluice("describe", Long.toString(other.pid()), "--timeout", "20s");

            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.errors()).contains("process " + other.pid() + " cannot be asked");
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void aJavaWithoutTheAttachModuleSaysSo() throws Exception {
        Result result = Cli.in(directory).option("--limit-modules=java.se").run("describe", "1");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.errors()).contains("no module jdk.attach");
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "host:0", "host:65536", "service:jmx:", "http://localhost:1"})
    void aWrongAddressIsToldOnTheErrorStream(String address) throws Exception {
        Result result = sluice("describe", address);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output()).isEmpty();
        assertThat(result.errors()).contains(address);
    }

    @ParameterizedTest
    @CsvSource({"missing.json, cannot be read", "text.json, it is not JSON", "list.json, it is not a JSON object"})
    void aFileThatIsNoDocumentIsWrong(String file, String message) throws Exception {
        Files.writeString(directory.resolve("text.json"), "{\"application\": ");
        Files.writeString(directory.resolve("list.json"), "[]");

        Result result = sluice("describe", "--file", file);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errors()).contains(file).contains(message);
    }

    @Test
    void aServiceOrAFileIsNamedAndNotBoth() throws Exception {
        assertThat(sluice("describe").exitCode()).isEqualTo(2);
        assertThat(sluice("describe", "1", "--file", "shop.json").exitCode()).isEqualTo(2);
    }

    @Test
    void controlCharactersDoNotReachTheTerminal() throws Exception {
        Files.writeString(
                directory.resolve("hostile.json"),
                "{\"application\":\"a\\u001b[2J\",\"journal\":[{\"kind\":\"X\\u0007\",\"message\":\"m\\u001b]0;\\u009b\"}]}");

        Result result = sluice("describe", "--file", "hostile.json");

        assertThat(result.output()).doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f]");
        assertThat(result.output()).contains("a?[2J");
    }

    @Test
    void aPageIsWritten() throws Exception {
        Result result = sluice("describe", "--file", "shop.json", "--html", "shop.html");
        Result json = sluice("describe", "--file", "shop.json", "--html", "shop.html", "--json");
        Result nowhere = sluice("describe", "--file", "shop.json", "--html", "missing/shop.html");

        assertThat(result.output()).isEqualTo("page: shop.html" + System.lineSeparator());
        assertThat(directory.resolve("shop.html"))
                .content()
                .startsWith("<!DOCTYPE html>")
                .endsWith("</html>\n");
        assertThat(json.json().get("file").getAsString()).isEqualTo("shop.html");
        assertThat(nowhere.exitCode()).isEqualTo(3);
        assertThat(nowhere.errors()).contains("cannot be written");
    }

    @Test
    void aContextIsReloaded() throws Exception {
        try (ServiceProcess service = start("shop")) {
            Result loaded = sluice("reload", service.id(), "web");
            Result json = sluice("reload", service.id(), "web", "--json");
            Result refused = sluice("reload", service.id(), "mail");
            Result unknown = sluice("reload", service.id(), "wbe");

            assertThat(loaded.output()).isEqualTo("loaded: context 'web', generation 4" + System.lineSeparator());
            assertThat(loaded.exitCode()).isZero();
            assertThat(json.json().get("ok").getAsBoolean()).isTrue();
            assertThat(refused.output())
                    .startsWith("not loaded: context 'mail'")
                    .contains("web.key does not belong to web.pem");
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(unknown.errors()).contains("there is no context 'wbe'");
            assertThat(unknown.exitCode()).isEqualTo(2);
            assertThat(sluice("describe", service.id(), "--json")
                            .json()
                            .get("reloads")
                            .getAsInt())
                    .isEqualTo(2);
        }
    }

    /** Objects of any class of the command could do harm while they are read. */
    @Test
    void anAnswerWithForeignClassesIsRefused() throws Exception {
        try (ServiceProcess service = start("shop")) {
            Result result = sluice("reload", service.id(), "foreign");

            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.output()).isEmpty();
            assertThat(result.errors()).contains("cannot be asked").contains("REJECTED");
        }
    }

    @Test
    void optionsThatNeedOthersSaySo() throws Exception {
        for (List<String> options : List.of(List.of("--password-file", "x"), List.of("--plain-registry"))) {
            Result result = sluice(and(new String[] {"describe", "1"}, options.toArray(String[]::new)));

            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.errors()).contains(options.get(0) + " needs ");
        }
    }
}
