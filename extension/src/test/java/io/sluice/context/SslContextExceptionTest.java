package io.sluice.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.settings.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class SslContextExceptionTest {

    private static final SslContextException FAILURE = new SslContextException(
            "context 'web'",
            List.of(
                    Problem.unset("sluice.ssl.web.a", "it is missing", "Set it"),
                    Problem.unset("sluice.ssl.web.b", "it is missing too", "Set it")));

    private static final String[] PROBLEMS = {
        "sluice.ssl.web.a (not set): it is missing. Set it.", "sluice.ssl.web.b (not set): it is missing too. Set it."
    };

    @Test
    void problemsAreListedOneByOne() {
        assertThat(FAILURE.problems()).containsExactly(PROBLEMS);
        assertThat(new SslContextException(FAILURE, " (a remark)").problems()).containsExactly(PROBLEMS);
        assertThat(new SslContextException("another cause").problems()).isEmpty();
    }

    @Test
    void problemsSurviveSerialisation() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(FAILURE);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((SslContextException) in.readObject()).problems()).containsExactly(PROBLEMS);
        }
    }
}
