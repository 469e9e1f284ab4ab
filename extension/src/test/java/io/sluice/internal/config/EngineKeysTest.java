package io.sluice.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.EngineKind;
import io.sluice.internal.settings.EngineSettings;
import io.sluice.internal.settings.PreferenceList;
import io.sluice.internal.settings.PreferenceList.Element;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys of engines, of what they negotiate, and of their tickets. */
class EngineKeysTest {

    private static final String P = "sluice.ssl.web.";
    private static final String FROM = " (from " + TestConfig.SOURCE + "): ";

    private final Problems problems = new Problems();

    private ContextSettings web(String... namesAndValues) {
        return SluiceConfiguration.of(TestConfig.of(namesAndValues))
                .read(new ContextName("web"), problems)
                .settings()
                .orElseThrow();
    }

    @Test
    void defaultIsTheEngineOfTheJdk() {
        assertThat(web(P + "protocols", "TLSv1.3").engine()).isEqualTo(EngineSettings.NONE);
    }

    @Test
    void everyKeyIsRead() {
        ContextSettings web = web(
                P + "engine",
                "BoringSSL",
                P + "key-exchange-groups",
                "X25519MLKEM768 ?, x25519",
                P + "signature-schemes[0]",
                "ed25519",
                P + "warm-up",
                "7",
                P + "session.tickets",
                "TRUE",
                P + "session.ticket-keys",
                "/etc/sluice/ticket.keys");

        assertThat(problems.errors()).isEmpty();
        EngineSettings engine = web.engine();
        assertThat(engine.kind()).isEqualTo(EngineKind.BORINGSSL);
        assertThat(engine.engine()).map(Setting::property).contains(P + "engine");
        assertThat(engine.keyExchangeGroups().orElseThrow().elements())
                .containsExactly(new Element("X25519MLKEM768", true), new Element("x25519", false));
        assertThat(engine.signatureSchemes().orElseThrow().elements()).containsExactly(new Element("ed25519", false));
        assertThat(engine.warmUp()).isEqualTo(7);
        assertThat(web.sessions().sendsTickets()).isTrue();
        assertThat(web.sessions().ticketKeys()).map(Setting::value).contains("/etc/sluice/ticket.keys");
    }

    @Test
    void ticketsMayBeSwitchedOff() {
        assertThat(web(P + "session.tickets", "false").sessions().sendsTickets())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            engine=openssl       |                       | engine: 'openssl' is not valid. Use one of jdk, boringssl, auto.
            engine=boringsll     |                       | engine: 'boringsll' is not valid (did you mean boringssl?). Use one of jdk, boringssl, auto.
            engine=              | protocols=TLSv1.3     | engine: it is set but empty. Give it a value, or remove the property from that source.
            provider=            | protocols=TLSv1.3     | provider: it is set but empty. Give it a value, or remove the property from that source.
            key-exchange-groups= | protocols=TLSv1.3     | key-exchange-groups: it is set but empty. Give it a value, or remove the property from that source.
            signature-schemes=   | protocols=TLSv1.3     | signature-schemes: it is set but empty. Give it a value, or remove the property from that source.
            session.tickets=     | protocols=TLSv1.3     | session.tickets: it is set but empty. Give it a value, or remove the property from that source.
            session.ticket-keys= | protocols=TLSv1.3     | session.ticket-keys: it is set but empty. Give it a value, or remove the property from that source.
            provider=BCJSSE      | engine=boringssl      | provider: it names a JSSE provider, but sluice.ssl.web.engine is boringssl. Remove one of the two properties.
            provider=BCJSSE      | managed.jndi=java:/tls | provider: the server makes this context, and with it its engines. Remove this property.
            engine=boringssl     | managed.jndi=java:/tls | engine: the server makes this context, and with it its engines. Remove this property.
            session.tickets=maybe |                      | session.tickets: 'maybe' is neither true nor false. Use true or false.
            session.ticket-keys=k | session.tickets=false | session.ticket-keys: it names keys for tickets, but sluice.ssl.web.session.tickets is false. Remove one of the two properties.
            key-exchange-groups=, |                      | key-exchange-groups: the list holds no group. Use a list such as X25519MLKEM768?,x25519,secp256r1, or remove the property.
            signature-schemes=?  |                       | signature-schemes: the list holds an empty signature scheme. Use a list such as ecdsa_secp256r1_sha256,rsa_pss_rsae_sha256, or remove the property.
            warm-up=-1           |                       | warm-up: '-1' is not a whole number from 0 to 100000. Correct it.
            """)
    void invalidValueIsReported(String setting, String other, String message) {
        web(Arrays.stream(new String[] {setting, other == null ? "alpn=x" : other})
                .map(pair -> pair.split("=", 2))
                .flatMap(pair -> Arrays.stream(new String[] {P + pair[0], pair[1]}))
                .toArray(String[]::new));

        String[] parts = message.split(": ", 2);
        assertThat(problems.errors()).extracting(Problem::message).containsExactly(P + parts[0] + FROM + parts[1]);
    }

    /** A context takes either both keys of a pair from its parent, or none. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            provider=BCJSSE               | alpn=x           | JDK       | BCJSSE | true  |
            provider=BCJSSE               | engine=boringssl | BORINGSSL |        | true  |
            engine=boringssl              | provider=BCJSSE  | JDK       | BCJSSE | true  |
            engine=auto                   | alpn=x           | AUTO      |        | true  |
            session.ticket-keys=/k        | alpn=x           | JDK       |        | true  | /k
            session.ticket-keys=/k        | session.tickets=false | JDK  |        | false |
            session.tickets=false         | session.ticket-keys=/k | JDK |        | true  | /k
            """)
    void pairOfKeysIsInheritedAsAWhole(
            String parent, String child, EngineKind kind, String provider, boolean tickets, String keys) {
        String[] inherited = parent.split("=");
        String[] own = child.split("=");

        ContextSettings web =
                web(P + "inherits", "base", "sluice.ssl.base." + inherited[0], inherited[1], P + own[0], own[1]);

        assertThat(problems.errors()).isEmpty();
        assertThat(web.engine().kind()).isEqualTo(kind);
        assertThat(web.engine().provider().map(Setting::value)).isEqualTo(Optional.ofNullable(provider));
        assertThat(web.sessions().sendsTickets()).isEqualTo(tickets);
        assertThat(web.sessions().ticketKeys().map(Setting::value)).isEqualTo(Optional.ofNullable(keys));
    }

    @ParameterizedTest
    @CsvSource({
        "enginee, engine",
        "key-exchange-group, key-exchange-groups",
        "signature-scheme, signature-schemes",
        "session.ticket-key, session.ticket-keys",
        "ticket-keys, session.ticket-keys",
        "warmup, warm-up"
    })
    void similarKeyIsSuggested(String key, String suggested) {
        SluiceConfiguration.of(TestConfig.of(P + key, "x")).reportUnknownKeys(problems);

        assertThat(problems.errors())
                .extracting(Problem::fault)
                .containsExactly("there is no key '" + key + "' (did you mean " + suggested + "?)");
    }

    @Test
    void listTakesWhatAnEngineKnowsAsTheEngineSpellsIt() {
        PreferenceList list =
                new PreferenceList(Setting.of("p", "s", "x25519mlkem768?, X25519, secp521r1?, secp256r1"));
        List<String> known = List.of("secp256r1", "x25519", "secp521r1");

        assertThat(list.usable(known)).containsExactly("x25519", "secp521r1", "secp256r1");
        assertThat(list.missing(known)).isEmpty();
        assertThat(list.missing(List.of("secp256r1"))).containsExactly("X25519");
    }
}
