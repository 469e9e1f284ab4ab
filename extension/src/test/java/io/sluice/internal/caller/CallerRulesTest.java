package io.sluice.internal.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.internal.settings.AllowSettings;
import io.sluice.internal.settings.CallerKind;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.TestAuthority;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names in a certificate which rules match. */
class CallerRulesTest {

    private static final ContextName WEB = new ContextName("web");
    private static final String PREFIX = WEB.property(AllowSettings.KEY);
    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");

    private final Problems problems = new Problems();

    private static X509Certificate issue(CertificateProfile profile) {
        return AUTHORITY.issue(profile).leaf().certificate();
    }

    private static AllowSettings.Rule rule(CallerKind kind, String pattern) {
        return new AllowSettings.Rule(kind, Setting.of(PREFIX + "." + kind.key(), "test", pattern));
    }

    private CallerRules rules(AllowSettings.Rule... rules) {
        return CallerRules.of(WEB, new AllowSettings(List.of(rules)), problems);
    }

    private Optional<String> match(X509Certificate certificate, CallerKind kind, String pattern) {
        CallerRules rules = rules(rule(kind, pattern));
        assertThat(problems.errors()).isEmpty();
        try {
            return rules.admit(List.of(certificate)).map(CallerMatch::name);
        } catch (CallerRefusedException e) {
            return Optional.empty();
        }
    }

    private void assertMatch(X509Certificate certificate, CallerKind kind, String pattern, String name) {
        assertThat(match(certificate, kind, pattern)).isEqualTo(Optional.ofNullable(name));
    }

    @ParameterizedTest
    @CsvSource({
        "web.example.com, web.example.com, true",
        "WEB.example.COM, web.example.com, true",
        "web.example.com, WEB.Example.com, true",
        "*.example.com, web.example.com, true",
        "*.example.com, a.web.example.com, false",
        "*.example.com, example.com, false",
        "*.example.com, '*.example.com', false",
        "*.example.com, .example.com, false",
        "web.example.com, '*.example.com', false",
        "web-*.example.com, web-17.example.com, true",
        "web-*.example.com, web-.example.com, false",
        "*.*.example.com, a.b.example.com, true",
        "web.example.com, web.example.com.evil, false",
        "web.example.com, evil.web.example.com, false",
        "web.example.com, webxexample.com, false",
        "bücher.example, xn--bcher-kva.example, true",
        "a_b.example, a_b.example, true",
    })
    void dns(String pattern, String name, boolean matches) {
        assertMatch(issue(CertificateProfile.of("first.test", name)), CallerKind.DNS, pattern, matches ? name : null);
    }

    @ParameterizedTest
    @CsvSource({
        "spiffe://example.org/ns/*/sa/web, spiffe://example.org/ns/shop/sa/web, true",
        "spiffe://example.org/ns/*/sa/web, spiffe://example.org/ns/a/b/sa/web, false",
        "spiffe://example.org/ns/*/sa/web, spiffe://example.org/ns/../sa/web, false",
        "spiffe://example.org/ns/*/sa/web, spiffe://example.org/ns/..x/sa/web, true",
        "spiffe://example.org/ns/*/sa/web, spiffe://example.org/ns//sa/web, false",
        "spiffe://example.org/ns/*, spiffe://example.org/ns/shop?x=1, false",
        "spiffe://example.org/ns/*, spiffe://example.org/ns/shop#x, false",
        "spiffe://example.org/web, spiffe://EXAMPLE.org/web, true",
        "spiffe://example.org/web, spiffe://example.org/Web, false",
        "spiffe://example.org/web, spiffe://example.org/web/admin, false",
        "spiffe://*.example.org/web, spiffe://a.example.org/web, true",
        "spiffe://*.example.org/web, spiffe://a.b.example.org/web, false",
        "spiffe://*/web, spiffe://a.b/web, false",
        "https://example.org/web-*, https://example.org/web-17, true",
        "urn:device:*, urn:device:17, true",
        "urn:device:*, urn:device:17:18, false",
    })
    void uri(String pattern, String name, boolean matches) {
        assertMatch(
                issue(CertificateProfile.of("web.test").uris(name)), CallerKind.URI, pattern, matches ? name : null);
    }

    @ParameterizedTest
    @CsvSource({
        "ann@example.com, ann@example.com, true",
        "ann@example.com, ann@EXAMPLE.com, true",
        "ann@example.com, Ann@example.com, false",
        "*@example.com, ann.smith+x@example.com, true",
        "*@example.com, ann@mail.example.com, false",
        "*@*.example.com, ann@mail.example.com, true",
        "ann-*@example.com, ann-ops@example.com, true",
        "ann@example.com, joann@example.com, false",
    })
    void email(String pattern, String name, boolean matches) {
        assertMatch(
                issue(CertificateProfile.of("web.test").emails(name)),
                CallerKind.EMAIL,
                pattern,
                matches ? name : null);
    }

    @ParameterizedTest
    @CsvSource({
        "Ann Smith, Ann Smith, true",
        "ann smith, ANN SMITH, true",
        "device-*, device-17, true",
        "device-*, device-17.other, false",
        "*.example.com, web.example.com, true",
        "*.example.com, a.b.example.com, false",
        "*@example.com, ann@example.com, true",
        "Ann, Ann Smith, false",
        "*, a/b, false",
        "a+b, aab, false",
    })
    void commonName(String pattern, String name, boolean matches) {
        X509Certificate certificate =
                issue(CertificateProfile.of("web.test").subject("CN=" + name.replace("+", "\\+") + ",O=x"));

        assertMatch(certificate, CallerKind.CN, pattern, matches ? name : null);
    }

    /** Only the most specific common name is the caller's own. Others are those of its directory. */
    @Test
    void partsOfTheSubject() {
        X509Certificate certificate =
                issue(CertificateProfile.of("web.test").subject("CN=Ann,OU=Sales,OU=Europe,CN=Users,DC=corp,DC=test"));

        assertMatch(certificate, CallerKind.CN, "Ann", "Ann");
        assertMatch(certificate, CallerKind.CN, "Users", null);
        assertMatch(certificate, CallerKind.OU, "sales", "Sales");
        assertMatch(certificate, CallerKind.OU, "Eur*", "Europe");
        assertMatch(certificate, CallerKind.OU, "corp", null);
    }

    @ParameterizedTest
    @CsvSource({
        "'CN=Ann,OU=Sales+OU=Europe,O=x', OU, Sales, true",
        "'CN=Ann,OU=Sales+OU=Europe,O=x', OU, Europe, true",
        "'CN=Ann,OU=Sales+L=Europe,O=x', OU, Europe, false",
        "'CN=Ann+CN=Bea,CN=Users,O=x', CN, Ann, true",
        "'CN=Ann+CN=Bea,CN=Users,O=x', CN, Bea, true",
        "'CN=Ann+CN=Bea,CN=Users,O=x', CN, Users, false",
        "'UID=7+CN=Ann,CN=Users,O=x', CN, Ann, true",
    })
    void partsOfASubjectWithSeveralValues(String subject, CallerKind kind, String pattern, boolean matches) {
        X509Certificate certificate = issue(CertificateProfile.of("web.test").subject(subject));

        assertMatch(certificate, kind, pattern, matches ? pattern : null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CN=web,OU=Devices,O=Example | true",
                "cn = WEB, ou=devices,  o=example | true",
                "2.5.4.3=web,OU=Devices,O=Example | true",
                "CN=web,O=Example | false",
                "O=Example,OU=Devices,CN=web | false",
                "CN=web,OU=Devices,O=Example,C=DE | false",
                "CN=web\\2A,OU=Devices,O=Example | false",
            })
    void subject(String pattern, boolean matches) {
        String name = "CN=web,OU=Devices,O=Example";

        assertMatch(
                issue(CertificateProfile.of("web.test").subject(name)),
                CallerKind.SUBJECT,
                pattern,
                matches ? name : null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EMAILADDRESS=ann@example.com,CN=Ann | E=Ann@Example.com,CN=ann",
                "SERIALNUMBER=17,CN=Ann | serialNumber=17,CN=Ann",
                "CN=Smith\\, Ann,O=Example | cn=smith\\, ann,o=example",
                "CN=Ann\\, O\\=x,O=Example | CN=\"Ann, O=x\",O=Example",
                "CN=a*b,O=Example | CN=a\\2Ab,O=Example",
            })
    void subjectsInOtherForms(String subject, String pattern) {
        X509Certificate certificate = issue(CertificateProfile.of("web.test").subject(subject));

        assertThat(match(certificate, CallerKind.SUBJECT, pattern)).isPresent();
    }

    @Test
    void hashesOfKeys() {
        X509Certificate certificate = issue(CertificateProfile.of("web.test"));
        String hash = KeyHash.of(certificate);
        String base64 = hash.substring("sha256/".length());
        String hex = HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
        String colons = HexFormat.ofDelimiter(":").formatHex(HexFormat.of().parseHex(hex));

        for (String form : List.of(
                hash,
                "sha256//" + base64,
                "SHA256:" + hex,
                "sha256:" + hex.toUpperCase(Locale.ROOT),
                "sha256:" + colons)) {
            assertMatch(certificate, CallerKind.SPKI, form, hash);
        }
        assertMatch(issue(CertificateProfile.of("web.test")), CallerKind.SPKI, hash, null);
    }

    /** The kinds that identify one caller come first, whatever the order of the configuration. */
    @Test
    void firstMatchIsReported() throws Exception {
        X509Certificate certificate = issue(
                CertificateProfile.of("web.test").subject("CN=web,OU=Devices").uris("urn:a", "urn:b"));

        CallerRules rules = rules(
                rule(CallerKind.OU, "Devices"),
                rule(CallerKind.DNS, "*.test"),
                rule(CallerKind.URI, "urn:none"),
                rule(CallerKind.URI, "urn:*"));

        assertThat(rules.admit(List.of(certificate))).contains(new CallerMatch("urn:a", PREFIX + ".uri", "urn:*"));
    }

    @Test
    void refusalShowsTheNamesAndNoRule() {
        X509Certificate certificate = issue(CertificateProfile.of("web.test", "other.test")
                .subject("CN=web,O=Example")
                .uris("urn:a")
                .emails("ann@example.com"));

        assertThatThrownBy(() -> rules(rule(CallerKind.CN, "secret-name")).admit(List.of(certificate)))
                .isInstanceOf(CallerRefusedException.class)
                .hasMessage("no rule of sluice.ssl.web.client-auth.allow admits the certificate of 'CN=web,O=Example'"
                        + " (dns 'web.test', dns 'other.test', uri 'urn:a', email 'ann@example.com')");
        assertThatThrownBy(() -> rules(rule(CallerKind.SPKI, "sha256:" + "00".repeat(32)))
                        .admit(List.of(certificate)))
                .hasMessageEndingWith(" with the key " + KeyHash.of(certificate));
        assertThatThrownBy(() -> rules(rule(CallerKind.CN, "x")).admit(List.of()))
                .hasMessage("the client sent no certificate, so no rule of sluice.ssl.web.client-auth.allow admits it");
    }

    /** The client's authority may not limit the names, and a log has lines. */
    @Test
    void refusalIsLimited() {
        String[] names =
                IntStream.range(0, 50).mapToObj(n -> "name" + n + ".test").toArray(String[]::new);
        X509Certificate certificate = issue(CertificateProfile.of(names).subject("CN=a\\0Ab" + "x".repeat(1000)));

        assertThatThrownBy(() -> rules(rule(CallerKind.CN, "x")).admit(List.of(certificate)))
                .hasMessageContaining("dns 'name4.test' and 45 more)")
                .message()
                .doesNotContain("\n")
                .hasSizeLessThan(400);
    }

    @Test
    void certificateOfTheClientAloneCounts() {
        X509Certificate client = issue(CertificateProfile.of("web.test"));
        CallerRules rules = rules(rule(CallerKind.CN, "authority"));

        assertThatThrownBy(() -> rules.admit(List.of(client, AUTHORITY.certificate())))
                .isInstanceOf(CallerRefusedException.class);
    }

    @Test
    void withoutRulesEverybodyIsAdmitted() throws Exception {
        assertThat(CallerRules.NONE.admit(List.of())).isEmpty();
        assertThat(rules().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DNS | web..example.com | 'web..example.com' has an empty label, which no DNS name has",
                "DNS | web.example.com. | 'web.example.com.' has an empty label, which no DNS name has",
                "DNS | web example | 'web example' has the label 'web example', which no DNS name has",
                "DNS | https://web.example | 'https://web.example' has the label 'https://web', which no DNS name has",
                "DNS | straße.example | 'straße.example' has the character U+00DF, which stands for different domains in"
                        + " IDNA 2003 and 2008",
                "DNS | STRAẞE.example | 'STRAẞE.example' has the character U+1E9E, which stands for different domains in"
                        + " IDNA 2003 and 2008",
                "DNS | *.λόγος.example | '*.λόγος.example' has the character U+03C2, which stands for different domains"
                        + " in IDNA 2003 and 2008",
                "DNS | a\u200Cb.example | 'a\u200Cb.example' has the character U+200C, which stands for different domains"
                        + " in IDNA 2003 and 2008",
                "EMAIL | ann@a\u200Db.example | 'a\u200Db.example' has the character U+200D, which stands for different"
                        + " domains in IDNA 2003 and 2008",
                "DNS | 10.0.0.1 | '10.0.0.1' is an address, not a DNS name",
                "DNS | **.example.com | '**.example.com' contains **, but a * never crosses the end of a label",
                "URI | example.org/web | 'example.org/web' is not an absolute URI in ASCII",
                "URI | spiffe://a b/c | 'spiffe://a b/c' is not an absolute URI in ASCII",
                "URI | */web | '*/web' is not an absolute URI in ASCII",
                "URI | spiffe://a/** | 'spiffe://a/**' contains **, but a * never crosses the end of a label",
                "EMAIL | example.com | 'example.com' is not a mail address",
                "EMAIL | @example.com | '@example.com' is not a mail address",
                "EMAIL | a@b@example.com | 'a@b@example.com' is not a mail address",
                "EMAIL | ann@ | '' has an empty label, which no DNS name has",
                "CN | a** | 'a**' contains **, but a * never crosses the end of a label",
                "SUBJECT | web | 'web' is not a distinguished name",
                "SUBJECT | /C=DE/CN=web | '/C=DE/CN=web' is not a distinguished name",
                "SUBJECT | CN=*,O=x | 'CN=*,O=x' contains *, but a subject is compared as a whole",
                "SPKI | abc | 'abc' is not the hash of a key",
                "SPKI | sha1/abc | 'sha1/abc' is not the hash of a key",
                "SPKI | sha256/abcd | 'sha256/abcd' is not a hash of 32 bytes",
                "SPKI | sha256/%% | 'sha256/%%' is not a hash of 32 bytes",
            })
    void ruleThatCanMatchNothingIsAProblem(CallerKind kind, String pattern, String fault) {
        assertThat(rules(rule(kind, pattern)).isEmpty()).isTrue();

        assertThat(problems.errors())
                .extracting(Problem::property, Problem::fault)
                .singleElement()
                .isEqualTo(tuple(PREFIX + "." + kind.key(), "the rule can match nothing: " + fault));
        assertThat(problems.errors().get(0).remedy()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 64})
    void labelsAreLimited(int length) {
        rules(rule(CallerKind.DNS, "a".repeat(length) + ".test"));

        assertThat(problems.hasErrors()).isEqualTo(length > 63);
    }

    @Test
    void namesAreLimited() {
        String label = "a".repeat(60) + ".";
        rules(rule(CallerKind.DNS, label.repeat(5) + "test"));

        assertThat(problems.errors())
                .singleElement()
                .extracting(Problem::fault)
                .asString()
                .endsWith("is longer than a DNS name can be");
    }

    @Test
    void everyKindHasItsKey() {
        assertThat(Arrays.stream(CallerKind.values()).map(CallerKind::key))
                .containsExactly("subject", "uri", "dns", "email", "cn", "spki", "ou");
    }
}
