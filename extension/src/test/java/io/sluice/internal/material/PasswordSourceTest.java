package io.sluice.internal.material;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.StoreSettings;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Passwords of stores and of their keys: requested, supplied, erased, and wrong. */
class PasswordSourceTest {

    private static final TestChain CHAIN = TestAuthority.create("authority").issue("web.example");

    /** Supplies the passwords of a map, and keeps the supplied arrays. */
    private static final class Asked implements PasswordSource {
        final Map<String, String> known;
        final List<String> questions = new ArrayList<>();
        final List<char[]> given = new ArrayList<>();

        Asked(Map<String, String> known) {
            this.known = known;
        }

        @Override
        public Optional<char[]> password(String property, Optional<String> alias) {
            questions.add(property + alias.map(name -> " of " + name).orElse(""));
            Optional<char[]> password = Optional.ofNullable(known.get(property)).map(String::toCharArray);
            password.ifPresent(given::add);
            return password;
        }

        @Override
        public String description() {
            return "the vault";
        }
    }

    @TempDir
    Path directory;

    private final Problems problems = new Problems();
    private StoreSettings jks;

    @BeforeEach
    void writeStore() {
        jks = settings("JKS");
        TestChain.writeKeyStore(CHAIN.keyStore("JKS", "web", "of-the-key"), "of-the-store", directory.resolve("store"));
    }

    private StoreSettings settings(String type) {
        return new StoreSettings(
                "s",
                Setting.of("s.type", "test", type),
                Optional.empty(),
                Optional.of(
                        Setting.of("s.path", "test", directory.resolve("store").toString())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void storeAndKeyAreOpenedAndThePasswordsWiped() {
        Asked asked = new Asked(Map.of("s.password", "of-the-store", "s.alias-password", "of-the-key"));

        assertThat(StoreReader.keys(jks, new MaterialReading(asked, problems)))
                .extracting(KeyEntry::alias)
                .containsExactly("web");
        assertThat(problems.errors()).isEmpty();
        assertThat(asked.questions).containsExactly("s.password", "s.alias-password of web");
        assertThat(asked.given)
                .hasSize(2)
                .allSatisfy(password -> assertThat(password).containsOnly('\0'));
    }

    @Test
    void trustStoreIsOpened() {
        Asked asked = new Asked(Map.of("s.password", "of-the-store"));

        assertThat(StoreReader.trusted(jks, new MaterialReading(asked, problems)))
                .contains(CHAIN.leaf().certificate());
        assertThat(asked.questions).containsExactly("s.password");
        assertThat(asked.given).allSatisfy(password -> assertThat(password).containsOnly('\0'));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
            null         | null  | s.password (not set): no password is set for the store, so its content could not be checked. Set the store's password.
            wrong        | null  | s.path (from test): the password of the vault does not open the store that s.path names. Correct the password that it returns.
            of-the-store | null  | s.alias-password (not set): the store's password does not open the key 'web'. Set the key's own password.
            of-the-store | wrong | s.path (from test): the password of the vault does not open the key 'web'. Correct the password that it returns.
            """)
    void whatStaysShutIsToldWithWhoWasAsked(String ofStore, String ofKey, String message) {
        Map<String, String> known = new java.util.HashMap<>();
        known.put("s.password", ofStore);
        known.put("s.alias-password", ofKey);
        Asked asked = new Asked(known);

        assertThat(StoreReader.keys(jks, new MaterialReading(asked, problems))).isEmpty();
        assertThat(problems.errors()).extracting(Problem::message).containsExactly(message);
        assertThat(asked.given).allSatisfy(password -> assertThat(password).containsOnly('\0'));
    }

    @Test
    void whatTheSourceThrowsIsNoFaultOfTheStore() {
        IllegalStateException sealed = new IllegalStateException("sealed");
        PasswordSource failing = new PasswordSource() {
            @Override
            public Optional<char[]> password(String property, Optional<String> alias) {
                if (alias.isPresent()) {
                    throw sealed;
                }
                return Optional.of("of-the-store".toCharArray());
            }

            @Override
            public String description() {
                return "the vault";
            }
        };
        assertThatThrownBy(() -> StoreReader.keys(jks, new MaterialReading(failing, problems)))
                .isSameAs(sealed);
        assertThat(problems.errors()).isEmpty();
    }
}
