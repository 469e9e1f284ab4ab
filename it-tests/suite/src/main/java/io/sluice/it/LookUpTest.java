package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContext;
import io.sluice.it.support.Application;
import io.sluice.it.support.Feature;
import io.sluice.it.support.Injectable;
import io.sluice.it.support.LookupPath;
import io.sluice.it.support.Peer;
import io.sluice.it.support.TwoContexts;
import io.sluice.stream.SocketStreamCreator;
import jakarta.enterprise.inject.Any;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that is obtained in any way has the requested context; a peer checks this. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Feature("injection")
class LookUpTest {

    private final TwoContexts contexts = new TwoContexts();
    private final Peer peer = contexts.peer();

    @AutoClose
    private final Application application = Application.configured()
            .with(contexts.properties())
            .beans(LookupPath.BEANS)
            .start();

    private SocketStreamCreator plain() {
        return application
                .container()
                .select(SocketStreamCreator.class, SslContext.Literal.of("none"))
                .get();
    }

    static Stream<Arguments> everyInjectableOnEveryPath() {
        return Stream.of(Injectable.values())
                .flatMap(injectable -> Stream.of(LookupPath.values())
                        .flatMap(path -> Stream.of(TwoContexts.WEB, TwoContexts.QUEUE)
                                .map(name -> Arguments.of(injectable, path, name))));
    }

    @ParameterizedTest
    @MethodSource("everyInjectableOnEveryPath")
    void findGivesTheContextAskedFor(Injectable injectable, LookupPath path, String name) throws Exception {
        Object found = path.find(application.container(), injectable, name);

        assertThat(injectable.identity(found, peer, plain())).isEqualTo(name);
    }

    @ParameterizedTest
    @EnumSource
    void iterateOverAnyGivesEachContextOnce(Injectable injectable) throws Exception {
        List<String> met = new ArrayList<>();
        for (Object found : application.container().select(injectable.type(), Any.Literal.INSTANCE)) {
            met.add(injectable.identity(found, peer, plain()));
        }

        List<String> expected = new ArrayList<>(List.of(TwoContexts.WEB, TwoContexts.QUEUE));
        expected.add(Peer.NOBODY); // default: it does not trust the peer, and has no key
        if (injectable.plainToo()) {
            expected.add(Peer.NOBODY); // none
        }
        assertThat(met).containsExactlyInAnyOrderElementsOf(expected);
    }
}
